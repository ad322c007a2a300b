package dev.tarn.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TpchDataTest {
    private static final BigDecimal SCALE = new BigDecimal("0.001");

    @TempDir
    Path folder;

    @Test
    void filesHaveHeadersDecimalsAndQuotedTextAndAreMadeOnce() throws IOException {
        Map<String, Path> tables = files();

        assertThat(tables)
                .containsOnlyKeys("customer", "orders", "lineitem", "part", "partsupp", "supplier", "nation", "region");
        List<String> lineitem = Files.readAllLines(tables.getOrDefault("lineitem", folder));
        assertThat(lineitem.getFirst())
                .isEqualTo(
                        "l_orderkey,l_partkey,l_suppkey,l_linenumber,l_quantity,l_extendedprice,l_discount,l_tax,"
                                + "l_returnflag,l_linestatus,l_shipdate,l_commitdate,l_receiptdate,l_shipinstruct,l_shipmode,l_comment");
        assertThat(lineitem.get(1)).contains(",17.00,", ",0.04,0.02,N,O,1996-03-13,1996-02-12,1996-03-22,");
        Path customer = tables.getOrDefault("customer", folder);
        assertThat(Files.readAllLines(customer).get(1)).contains("\"IVhzIApeRb ot,c,E\",15,25-989-741-2988,711.56,");

        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(customer, longAgo);
        Path again = files().getOrDefault("customer", folder);
        assertThat(Files.getLastModifiedTime(again)).isEqualTo(longAgo);
    }

    private Map<String, Path> files() throws IOException {
        return TpchData.make(folder, SCALE).stream()
                .collect(Collectors.toMap(TpchData.Table::name, TpchData.Table::file));
    }
}

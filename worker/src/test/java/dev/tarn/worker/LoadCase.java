package dev.tarn.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One small file and what becomes of it. Written as sentences; a null in a row is the word NULL. */
record LoadCase(String name, String file, String columns, List<List<String>> rows) {

    static LoadCase of(String name, String file, String columns, String... rows) {
        return new LoadCase(
                name, file, columns, Arrays.stream(rows).map(LoadCase::row).toList());
    }

    private static List<String> row(String row) {
        List<String> values = new ArrayList<>();
        for (String value : row.split("~", -1)) {
            values.add(value.equals("NULL") ? null : value);
        }
        return values;
    }

    @Override
    public String toString() {
        return name;
    }

    static List<LoadCase> all() {
        return List.of(
                of(
                        "types of every kind",
                        "b,i,d,f,day,t,ts,tz,s\nTRUE,1,1.50,1e3,2020-02-29,10:11:12,2020-01-01 00:00:01,2020-01-01T00:00:00+02:00,x\nfalse,-9223372036854775808,-0.05,NaN,0001-01-01,23:59:59.999999,9999-12-31T23:59:59.999999,2020-01-01 00:00:00Z,\n",
                        "b BOOLEAN, i BIGINT, d DECIMAL(18,2), f DOUBLE, day DATE, t TIME, ts TIMESTAMP,"
                                + " tz TIMESTAMP WITH TIME ZONE, s VARCHAR",
                        "true~1~1.50~1000.0~2020-02-29~10:11:12~2020-01-01 00:00:01~2019-12-31 22:00:00+00~x",
                        "false~-9223372036854775808~-0.05~nan~0001-01-01~23:59:59.999999~9999-12-31 23:59:59.999999~2020-01-01 00:00:00+00~NULL"),
                of(
                        "leading zeros, plus signs, blanks and separators of thousands stay text",
                        "a,b,c,d,e\n00123,+1,\"1,000\", 1,1_0\n",
                        "a VARCHAR, b VARCHAR, c VARCHAR, d VARCHAR, e VARCHAR",
                        "00123~+1~1,000~ 1~1_0"),
                of(
                        "integers beyond 64 bits are DECIMAL(38,0)",
                        "a\n9223372036854775808\n1\n",
                        "a DECIMAL(38,0)",
                        "9223372036854775808",
                        "1"),
                of(
                        "38 digits are a decimal, 39 are text",
                        "a,b,c\n12345678901234567890123456789012345678,123456789012345678901234567890123456789,12345678901234567890123456.789012345678\n",
                        "a DECIMAL(38,0), b VARCHAR, c DECIMAL(38,12)",
                        "12345678901234567890123456789012345678~123456789012345678901234567890123456789~12345678901234567890123456.789012345678"),
                of(
                        "scale is the maximum, whichever row is first",
                        "a,b\n1.5,1.2345\n1.234,1.2\n100,7\n",
                        "a DECIMAL(18,3), b DECIMAL(18,4)",
                        "1.500~1.2345",
                        "1.234~1.2000",
                        "100.000~7.0000"),
                of(
                        "a decimal of 18 digits is narrow, of 19 wide",
                        "a,b\n123456789012345.678,1234567890123456.789\n",
                        "a DECIMAL(18,3), b DECIMAL(38,3)",
                        "123456789012345.678~1234567890123456.789"),
                of(
                        "a mix of decimals and doubles is DOUBLE when all survive",
                        "a,b,c\n1.25,123456789012345678,0.1\nInfinity,1e5,-inf\n",
                        "a DOUBLE, b VARCHAR, c DOUBLE",
                        "1.25~123456789012345678~0.1",
                        "inf~1e5~-inf"),
                of(
                        "doubles that would overflow or lose digits stay text",
                        "a,b,c\n1e400,1.23456789012345678e5,1e-320\n",
                        "a VARCHAR, b VARCHAR, c VARCHAR",
                        "1e400~1.23456789012345678e5~1e-320"),
                of(
                        "what programs write for a double is one",
                        "a,b\n1.7976931348623157e308,0.1234567890123456\n1.5,1e-5\n",
                        "a DOUBLE, b DOUBLE",
                        "1.7976931348623157e+308~0.1234567890123456",
                        "1.5~1e-05"),
                of(
                        "impossible dates and times stay text",
                        "a,b,c,d,e\n2021-02-29,24:00:00,0000-01-01,2020-01-01 10:00:00.1234567,10000-01-01\n",
                        "a VARCHAR, b VARCHAR, c VARCHAR, d VARCHAR, e VARCHAR",
                        "2021-02-29~24:00:00~0000-01-01~2020-01-01 10:00:00.1234567~10000-01-01"),
                of(
                        "dates and timestamps mixed stay text",
                        "a,b\n2020-01-01,2020-01-01 00:00:00\n2020-01-01 10:00:00,2020-01-01 00:00:00Z\n",
                        "a VARCHAR, b VARCHAR",
                        "2020-01-01~2020-01-01 00:00:00",
                        "2020-01-01 10:00:00~2020-01-01 00:00:00Z"),
                of(
                        "an empty cell is NULL, a quoted empty one an empty text",
                        "a,b,n\nx,,1\n\"\",\"\",\"\"\ny,z,2\n",
                        "a VARCHAR, b VARCHAR, n BIGINT",
                        "x~NULL~1",
                        "~~NULL",
                        "y~z~2"),
                of("a column without values is text", "a,b\n,1\n,2\n", "a VARCHAR, b BIGINT", "NULL~1", "NULL~2"),
                of(
                        "quotes, doubled quotes and line breaks in cells",
                        "a,b\n\"x\"\"y\",\"1\n2\"\n\"p,q\",5\" pipe\n",
                        "a VARCHAR, b VARCHAR",
                        "x\"y~1\n2",
                        "p,q~5\" pipe"),
                of(
                        "lines may end in CR LF, CR or LF",
                        "a,b\r\n1,2\r3,4\n5,6",
                        "a BIGINT, b BIGINT",
                        "1~2",
                        "3~4",
                        "5~6"),
                of("blank lines are skipped", "\n\na,b\n\n1,2\n\r\n3,4\n\n", "a BIGINT, b BIGINT", "1~2", "3~4"),
                of("in a file of one column a blank line is a row", "a\n1\n\n2\n", "a BIGINT", "1", "NULL", "2"),
                of(
                        "names are made unique and blank ones filled",
                        "a,A,a_1,,a\n1,2,3,4,5\n",
                        "a BIGINT, A_2 BIGINT, a_1 BIGINT, column_4 BIGINT, a_3 BIGINT",
                        "1~2~3~4~5"),
                of(
                        "odd names are kept",
                        "\"x.y\",\"q\"\"q\", b ,🎈\n1,2,3,4\n",
                        "x.y BIGINT, q\"q BIGINT,  b  BIGINT, 🎈 BIGINT",
                        "1~2~3~4"),
                of("a header alone makes text columns", "a,b\n", "a VARCHAR, b VARCHAR"),
                of("numbers alone have no header", "1,2\n3,4\n", "column_1 BIGINT, column_2 BIGINT", "1~2", "3~4"),
                of("text alone has a header", "a,b\nx,y\n", "a VARCHAR, b VARCHAR", "x~y"),
                of(
                        "a blank first name above numbers is a header",
                        ",b\n1,x\n2,y\n",
                        "column_1 BIGINT, b VARCHAR",
                        "1~x",
                        "2~y"),
                of("semicolons", "a;b\n1,5;2\n", "a DECIMAL(18,1), b BIGINT", "1.5~2"),
                of("tabs", "a\tb\nx,5\t2\n", "a VARCHAR, b BIGINT", "x,5~2"),
                of("pipes", "a|b\n1|\"2|3\"\n", "a BIGINT, b VARCHAR", "1~2|3"),
                of("numbers without a digit before the point", "a\n.5\n-.25\n", "a DECIMAL(18,2)", "0.50", "-0.25"),
                of(
                        "500 characters of name",
                        "n".repeat(500) + ",b\n1,2\n",
                        "n".repeat(500) + " BIGINT, b BIGINT",
                        "1~2"));
    }
}

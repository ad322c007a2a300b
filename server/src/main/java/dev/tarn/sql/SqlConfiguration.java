package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.catalog.Tables;
import dev.tarn.engine.Engine;
import dev.tarn.platform.Admission;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.usage.Meter;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SqlSettings.class)
class SqlConfiguration {
    @Bean
    TableProfiles tableProfiles(
            Access access,
            Tables tables,
            Engine engine,
            Meter meter,
            SqlSettings settings,
            Clock clock,
            Database database,
            Readiness readiness) {
        TableProfiles profiles = new TableProfiles(
                access, tables, engine, meter, new JdbcProfileStore(database), clock, settings.profiledRows());
        readiness.whenOutOfTime(profiles::outOfTime);
        return profiles;
    }

    @Bean
    Statements statements(
            Access access,
            Engine engine,
            Meter meter,
            SqlSettings settings,
            Ids ids,
            Clock clock,
            Database database,
            Readiness readiness) {
        int running = settings.running() > 0
                ? settings.running()
                : Runtime.getRuntime().availableProcessors();
        // SQLite's home folder is locked by its one server, so there is nobody else to ask.
        Optional<CancellationStore> neighbours = database.kind() == DatabaseKind.POSTGRESQL
                ? Optional.of(new JdbcCancellationStore(database))
                : Optional.empty();
        Statements statements = new Statements(
                access,
                engine,
                meter,
                new Admission("statements", running, settings.queue(), clock),
                ids,
                clock,
                neighbours);
        readiness.whenOutOfTime(statements::outOfTime);
        return statements;
    }
}

package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.catalog.CatalogCommits;
import dev.tarn.catalog.Namespaces;
import dev.tarn.catalog.TableChanges;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.Views;
import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.KeptResults;
import dev.tarn.engine.RowChanges;
import dev.tarn.jobs.JobHandler;
import dev.tarn.jobs.Jobs;
import dev.tarn.jobs.Schedules;
import dev.tarn.platform.Admission;
import dev.tarn.platform.Home;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.storage.Blobs;
import dev.tarn.usage.Allowance;
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
            Audit audit,
            Tables tables,
            Engine engine,
            Meter meter,
            Allowance allowance,
            SqlSettings settings,
            Clock clock,
            Database database,
            Readiness readiness) {
        TableProfiles profiles = new TableProfiles(
                access,
                audit,
                tables,
                engine,
                meter,
                allowance,
                new JdbcProfileStore(database),
                clock,
                settings.profiledRows());
        readiness.whenOutOfTime(profiles::outOfTime);
        return profiles;
    }

    @Bean
    StatementHistory statementHistory(Access access, Database database, SqlSettings settings, Ids ids, Clock clock) {
        return new StatementHistory(
                access,
                database,
                new JdbcHistoryStore(database),
                ids,
                clock,
                settings.history(),
                settings.historyPerUser());
    }

    @Bean
    SavedStatements savedStatements(
            Access access, Audit audit, Database database, Ids ids, Clock clock, Schedules schedules) {
        return new SavedStatements(
                access, audit, database, new JdbcSavedStatementStore(database), ids, clock, schedules);
    }

    @Bean
    ScheduledStatements scheduledStatements(
            Access access, SavedStatements saved, Statements statements, Schedules schedules) {
        return new ScheduledStatements(access, saved, statements, schedules);
    }

    @Bean
    ResultTables resultTables(
            Access access, Tables tables, Engine engine, Allowance allowance, EngineSettings settings) {
        return new ResultTables(
                access,
                tables,
                engine::materialize,
                allowance,
                settings.targetFile().toBytes());
    }

    @Bean
    Search search(Access access, Tables tables, SavedStatements saved) {
        return new Search(access, tables, saved);
    }

    @Bean
    Changes changes(
            Tables tables,
            TableChanges tableChanges,
            Views views,
            Namespaces namespaces,
            Engine engine,
            RowChanges rowChanges,
            Allowance allowance,
            EngineSettings settings,
            Clock clock) {
        return new Changes(
                tables,
                tableChanges,
                views,
                namespaces,
                engine,
                rowChanges,
                new ChangeTurns(clock),
                allowance,
                settings.targetFile().toBytes());
    }

    @Bean
    Statements statements(
            Access access,
            Audit audit,
            Engine engine,
            ResultTables resultTables,
            Changes changes,
            Meter meter,
            Allowance allowance,
            StatementHistory history,
            SqlSettings settings,
            Home home,
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
                audit,
                engine,
                resultTables,
                changes,
                meter,
                allowance,
                new Admission("statements", running, settings.queue(), clock),
                history,
                home.tmp(),
                settings.maximumExport().toBytes(),
                ids,
                clock,
                neighbours);
        readiness.whenOutOfTime(statements::outOfTime);
        return statements;
    }

    @Bean
    ResultFolders resultFolders(KeptResults results, Blobs blobs) {
        return new ResultFolders(results, blobs);
    }

    @Bean
    JobHandler statementJob(
            Access access,
            Statements statements,
            Engine engine,
            CatalogCommits commits,
            SavedStatements saved,
            ResultTables resultTables,
            Changes changes,
            ResultFolders folders,
            Allowance allowance,
            SqlSettings settings) {
        SubmittedChanges submitted = new SubmittedChanges(commits, changes, resultTables, engine);
        return new StatementJob(
                access,
                statements,
                engine,
                saved,
                submitted,
                folders,
                allowance,
                settings.resultsKept(),
                settings.maximumKeptResult());
    }

    @Bean
    SubmittedStatements submittedStatements(
            Access access, Statements statements, Jobs jobs, ResultFolders folders, Ids ids, Clock clock) {
        return new SubmittedStatements(access, statements, jobs, folders, ids, clock);
    }
}

package dev.tarn.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Background jobs.
 *
 * @param running how many a server runs at once; half as many as there are cores when 0
 * @param queue how many may wait, of all users
 * @param queuePerUser how many of one user may wait
 * @param lease how long a server may be silent before its jobs are taken from it; the same on all servers of one database
 * @param look how often a server looks for jobs that came to another one
 */
@ConfigurationProperties("tarn.jobs")
public record JobSettings(
        @DefaultValue("0") int running,
        @DefaultValue("1000") int queue,
        @DefaultValue("100") int queuePerUser,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("500ms") Duration look) {
    int atOnce() {
        return running > 0 ? running : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}

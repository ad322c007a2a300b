package dev.tarn.api;

import dev.tarn.access.Audit;
import dev.tarn.access.Credentials;
import dev.tarn.access.DrlsTokens;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.SealedValues;
import dev.tarn.usage.Meter;
import dev.tarn.usage.Rates;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApiSettings.class, ServerSettings.class, EdgeSettings.class, TlsSettings.class})
class ApiConfiguration {
    @Bean
    FailureRenderer failureRenderer() {
        return new FailureRenderer();
    }

    @Bean
    FilterRegistrationBean<ApiFilter> apiFilter(
            Ids ids,
            Credentials credentials,
            Audit audit,
            Rates rates,
            Meter meter,
            DrlsTokens drls,
            FailureRenderer renderer,
            PrometheusMeterRegistry meters,
            Readiness readiness,
            ApiSettings settings,
            EdgeSettings edge) {
        ApiFilter filter = new ApiFilter(
                new ClientSide(edge),
                new RequestIds(ids),
                new Authentication(credentials, drls, audit),
                new CallLimits(rates, meter),
                renderer,
                new ConsolePages("/console"),
                new RequestLog(meters),
                readiness,
                settings);
        FilterRegistrationBean<ApiFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    IdempotentRequests idempotentRequests(
            Database database, SealedValues sealed, Ids ids, Clock clock, ApiSettings settings) {
        return new IdempotentRequests(database, new JdbcIdempotencyStore(database), sealed, ids, clock, settings);
    }

    @Bean
    JsonMapper jsonMapper() {
        return StrictJson.mapper();
    }

    @Bean
    Clients clients() {
        return new Clients();
    }

    @Bean
    WebServer webServer(ServerSettings settings, TlsSettings tls, Clock clock) {
        return new WebServer(settings, tls.isOn() ? Optional.of(Tls.of(tls, clock)) : Optional.empty());
    }

    @Bean
    WebMvcConfigurer webMvc(FailureRenderer renderer) {
        return new WebMvcConfigurer() {
            @Override
            public void configureHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.add(new FailureResolver(renderer));
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }

            @Override
            public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
                // Answers are JSON whatever is accepted; a call that offers a choice reads the header itself.
                negotiation.strategies(List.of(request -> List.of(MediaType.ALL)));
            }
        };
    }
}

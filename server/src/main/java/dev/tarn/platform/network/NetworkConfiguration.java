package dev.tarn.platform.network;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundSettings.class)
class NetworkConfiguration {
    @Bean
    OutboundHttp outboundHttp(OutboundSettings settings) {
        return new OutboundHttp(settings);
    }
}

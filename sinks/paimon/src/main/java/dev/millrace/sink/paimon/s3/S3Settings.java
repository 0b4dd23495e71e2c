package dev.millrace.sink.paimon.s3;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** How to reach the buckets, by the names that Paimon's own S3 plugin gives these options. */
final class S3Settings {
    private final Map<String, String> options;

    S3Settings(Map<String, String> options) {
        this.options = options;
    }

    S3Client connect() {
        Optional<URI> endpoint = option("s3.endpoint").map(URI::create);
        boolean pathStyle = option("s3.path.style.access", "s3.path-style-access", "s3.path-style")
                .map(Boolean::parseBoolean)
                .orElse(endpoint.isPresent());
        S3ClientBuilder client =
                S3Client.builder().httpClient(UrlConnectionHttpClient.create()).forcePathStyle(pathStyle);
        endpoint.ifPresent(client::endpointOverride);
        option("s3.region", "s3.endpoint.region")
                .map(Region::of)
                .or(() -> endpoint.map(e -> Region.US_EAST_1))
                .ifPresent(client::region);
        Optional<String> key = option("s3.access-key", "s3.access.key");
        Optional<String> secret = option("s3.secret-key", "s3.secret.key");
        if (key.isPresent() && secret.isPresent()) {
            client.credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(key.get(), secret.get())));
        }
        return client.build();
    }

    private Optional<String> option(String... spellings) {
        return Stream.of(spellings)
                .filter(options::containsKey)
                .map(options::get)
                .findFirst();
    }
}

package dev.millrace.sink.paimon.s3;

import dev.millrace.config.Secret;
import dev.millrace.s3.S3Access;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

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
        Optional<S3Access.Keys> keys = option("s3.access-key", "s3.access.key")
                .flatMap(access -> option("s3.secret-key", "s3.secret.key")
                        .map(secret -> new S3Access.Keys(access, new Secret(secret))));
        return new S3Access(endpoint, option("s3.region", "s3.endpoint.region"), keys, pathStyle).connect();
    }

    private Optional<String> option(String... spellings) {
        return Stream.of(spellings)
                .filter(options::containsKey)
                .map(options::get)
                .findFirst();
    }
}

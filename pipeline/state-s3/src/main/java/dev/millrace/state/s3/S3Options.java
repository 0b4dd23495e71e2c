package dev.millrace.state.s3;

import dev.millrace.config.ConfigReader;
import dev.millrace.config.ConfigSection;
import dev.millrace.config.Secret;
import dev.millrace.s3.S3Access;
import java.net.URI;
import java.util.Optional;

/**
 * How to reach the bucket.
 *
 * @param endpoint  of a server that is not Amazon's; Amazon's own where empty
 * @param accessKey with its secret; the usual chain of environment, profile and instance where empty
 * @param pathStyle whether the bucket stands in the path rather than in the host's name
 */
record S3Options(
        Optional<URI> endpoint,
        Optional<String> region,
        Optional<String> accessKey,
        Optional<Secret> secretKey,
        boolean pathStyle) {

    static S3Options read(ConfigSection section) {
        ConfigReader reader = new ConfigReader(section);
        Optional<URI> endpoint = reader.optional("endpoint").flatMap(text -> endpoint(reader, text));
        S3Options options = new S3Options(
                endpoint,
                reader.optional("region"),
                reader.optional("access-key"),
                reader.secret("secret-key"),
                reader.flag("path-style", endpoint.isPresent()));
        if (options.accessKey.isPresent() != options.secretKey.isPresent()) {
            reader.reject("access-key", "'access-key' and 'secret-key' go together.", "Give both, or none.");
        }
        reader.finish();
        return options;
    }

    private static Optional<URI> endpoint(ConfigReader reader, String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getScheme() != null && uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // Told below, like any other text that is no address.
        }
        reader.reject(
                "endpoint", "'endpoint' is '" + text + "'.", "It takes an address such as https://s3.example.org.");
        return Optional.empty();
    }

    S3Access access() {
        return new S3Access(
                endpoint,
                region,
                accessKey.flatMap(access -> secretKey.map(secret -> new S3Access.Keys(access, secret))),
                pathStyle);
    }
}

package dev.millrace.s3;

import dev.millrace.config.Secret;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How to reach the buckets.
 *
 * @param endpoint  of a server that is not Amazon's; Amazon's own where empty
 * @param region    found by Amazon's rules where empty and there is no endpoint
 * @param keys      the usual chain of environment, profile and instance where empty
 * @param pathStyle whether the bucket stands in the path rather than in the host's name
 */
public record S3Access(Optional<URI> endpoint, Optional<String> region, Optional<Keys> keys, boolean pathStyle) {
    public record Keys(String access, Secret secret) {}

    /** Connects nothing yet: the first request does. */
    public S3Client connect() {
        S3ClientBuilder client =
                S3Client.builder().httpClient(UrlConnectionHttpClient.create()).forcePathStyle(pathStyle);
        endpoint.ifPresent(client::endpointOverride);
        // Servers that are not Amazon's have no regions, and the signature needs one.
        region.map(Region::of).or(() -> endpoint.map(e -> Region.US_EAST_1)).ifPresent(client::region);
        keys.ifPresent(pair -> client.credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(pair.access, pair.secret.reveal()))));
        return client.build();
    }
}

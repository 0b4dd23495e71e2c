package dev.millrace.servers.s3;

import java.util.Optional;

/** Requests about a bucket, or about all of them. */
final class BucketOperations {
    private static final Condition NO_CONDITION = new Condition(Optional.empty(), Optional.empty());
    private final Buckets buckets;

    BucketOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    S3Response perform(S3Request request) {
        String name = request.bucket();
        if (name.isEmpty()) {
            return all();
        }
        return switch (request.method()) {
            case "PUT" -> {
                buckets.create(name);
                yield S3Response.empty(200);
            }
            case "HEAD" -> {
                buckets.get(name);
                yield S3Response.empty(200);
            }
            case "DELETE" -> {
                buckets.delete(name);
                yield S3Response.empty(204);
            }
            case "POST" -> deleteMany(request, buckets.get(name));
            case "GET" -> get(request, buckets.get(name));
            default -> throw S3Error.notImplemented();
        };
    }

    private S3Response all() {
        Xml list = new Xml("Buckets");
        buckets.names().forEach(name -> list.add(new Xml("Bucket").text("Name", name)));
        return S3Response.xml(new Xml("ListAllMyBucketsResult").add(list));
    }

    private static S3Response get(S3Request request, Bucket bucket) {
        if (request.asks("location")) {
            return S3Response.xml(new Xml("LocationConstraint"));
        }
        if (request.asks("versioning")) {
            return S3Response.xml(new Xml("VersioningConfiguration"));
        }
        if (request.asks("uploads")) {
            return S3Response.xml(new Xml("ListMultipartUploadsResult"));
        }
        return Listing.of(request, bucket);
    }

    private static S3Response deleteMany(S3Request request, Bucket bucket) {
        if (!request.asks("delete")) {
            throw S3Error.notImplemented();
        }
        Xml answer = new Xml("DeleteResult");
        for (String key : Xml.texts(request.body(), "Key")) {
            bucket.delete(key, NO_CONDITION);
            answer.add(new Xml("Deleted").text("Key", key));
        }
        return S3Response.xml(answer);
    }
}

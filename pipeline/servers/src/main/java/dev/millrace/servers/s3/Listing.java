package dev.millrace.servers.s3;

import java.util.NavigableMap;

/** One page of a bucket's objects, in both versions of the request. */
final class Listing {
    private static final int PAGE = 1000;

    private final S3Request request;
    private final boolean newer;
    private final String prefix;
    private final String delimiter;
    private final int most;
    private final Xml answer = new Xml("ListBucketResult");
    private int count;
    private String last = "";

    private Listing(S3Request request) {
        this.request = request;
        this.newer = request.parameter("list-type", "1").equals("2");
        this.prefix = request.parameter("prefix", "");
        this.delimiter = request.parameter("delimiter", "");
        this.most = Math.min(PAGE, request.number("max-keys", PAGE));
    }

    static S3Response of(S3Request request, Bucket bucket) {
        return S3Response.xml(new Listing(request).page(bucket.contents()));
    }

    private Xml page(NavigableMap<String, StoredObject> contents) {
        boolean truncated = false;
        for (var entry : contents.tailMap(start(), true).entrySet()) {
            String key = entry.getKey();
            if (key.startsWith(prefix) && !isBehindStart(key)) {
                if (count == most) {
                    truncated = true;
                    break;
                }
                add(key, entry.getValue());
            }
        }
        answer.text("Name", request.bucket()).text("Prefix", prefix).text("MaxKeys", Integer.toString(most));
        answer.text("IsTruncated", Boolean.toString(truncated));
        if (newer) {
            answer.text("KeyCount", Integer.toString(count));
        }
        if (truncated) {
            answer.text(newer ? "NextContinuationToken" : "NextMarker", last);
        }
        return answer;
    }

    /** A page's token is the last key or common prefix of the page before. */
    private String start() {
        return newer
                ? request.parameter("continuation-token", request.parameter("start-after", ""))
                : request.parameter("marker", "");
    }

    private boolean isBehindStart(String key) {
        String start = start();
        boolean inListedGroup = !delimiter.isEmpty() && start.endsWith(delimiter) && key.startsWith(start);
        return !start.isEmpty() && (key.equals(start) || inListedGroup);
    }

    private void add(String key, StoredObject object) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        if (end < 0) {
            answer.add(new Xml("Contents")
                    .text("Key", key)
                    .text("LastModified", object.modified().toString())
                    .text("ETag", object.etag())
                    .text("Size", Integer.toString(object.data().length))
                    .text("StorageClass", "STANDARD"));
            last = key;
            count++;
            return;
        }
        String group = key.substring(0, end + delimiter.length());
        if (!group.equals(last)) {
            answer.add(new Xml("CommonPrefixes").text("Prefix", group));
            last = group;
            count++;
        }
    }
}

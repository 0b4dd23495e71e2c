package dev.millrace.servers.s3;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Objects that come in parts, until they are complete. */
final class Uploads {
    private final ConcurrentMap<String, Upload> byId = new ConcurrentHashMap<>();

    private record Upload(Map<String, String> metadata, ConcurrentMap<Integer, StoredObject> parts) {}

    String begin(Map<String, String> metadata) {
        String id = UUID.randomUUID().toString();
        byId.put(id, new Upload(metadata, new ConcurrentHashMap<>()));
        return id;
    }

    void addPart(String id, int number, StoredObject part) {
        get(id).parts().put(number, part);
    }

    /** The object that these parts make, in this order; the upload goes on until {@link #end}. */
    StoredObject assemble(String id, List<Integer> numbers) {
        Upload upload = get(id);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int number : numbers) {
            StoredObject part = upload.parts().get(number);
            if (part == null) {
                throw new S3Error(400, "InvalidPart");
            }
            all.writeBytes(part.data());
        }
        return StoredObject.ofParts(all.toByteArray(), numbers.size(), upload.metadata());
    }

    void end(String id) {
        if (byId.remove(id) == null) {
            throw new S3Error(404, "NoSuchUpload");
        }
    }

    private Upload get(String id) {
        Upload upload = byId.get(id);
        if (upload == null) {
            throw new S3Error(404, "NoSuchUpload");
        }
        return upload;
    }
}

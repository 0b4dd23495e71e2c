package dev.millrace.runtime.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.runtime.JobStatus;
import dev.millrace.schema.TableId;
import dev.millrace.spi.SourceProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job's status as JSON: names as in the record, times in ISO-8601, durations in milliseconds. */
final class StatusJson {
    private static final JsonFactory JSON = new JsonFactory();

    private StatusJson() {}

    static byte[] write(JobStatus status) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("pipeline", status.pipeline());
            json.writeStringField("phase", status.phase().name());
            json.writeStringField("at", status.at().toString());
            json.writeStringField("startedAt", status.startedAt().toString());
            json.writeNumberField("restarts", status.restarts());
            if (status.lastError().isPresent()) {
                json.writeStringField("lastError", status.lastError().get());
            }
            writeSource(json, status.source());
            if (status.checkpoint().isPresent()) {
                writeCheckpoint(json, status.checkpoint().get());
            }
            json.writeArrayFieldStart("channels");
            for (JobStatus.ChannelFill channel : status.channels()) {
                json.writeStartObject();
                json.writeNumberField("bytes", channel.bytes());
                json.writeNumberField("capacity", channel.capacity());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("tables");
            for (JobStatus.TableCount table : status.tables()) {
                writeTable(json, table);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeSource(JsonGenerator json, SourceProgress source) throws IOException {
        json.writeObjectFieldStart("source");
        json.writeStringField("phase", source.phase().name());
        json.writeNumberField("tables", source.tables());
        json.writeNumberField("tablesDone", source.tablesDone());
        json.writeNumberField("rowsExpected", source.rowsExpected());
        json.writeNumberField("rowsRead", source.rowsRead());
        json.writeNumberField("lagBytes", source.lagBytes());
        json.writeNumberField("lagMicros", source.lagMicros());
        json.writeEndObject();
    }

    private static void writeCheckpoint(JsonGenerator json, JobStatus.CheckpointStatus checkpoint) throws IOException {
        json.writeObjectFieldStart("checkpoint");
        json.writeNumberField("id", checkpoint.id());
        json.writeStringField("committedAt", checkpoint.committedAt().toString());
        json.writeNumberField("durationMillis", checkpoint.duration().toMillis());
        json.writeNumberField("stateBytes", checkpoint.stateBytes());
        json.writeStringField("sourcePosition", checkpoint.sourcePosition());
        json.writeNumberField("completeMicros", checkpoint.completeMicros());
        json.writeBooleanField("consistent", checkpoint.consistent());
        json.writeEndObject();
    }

    private static void writeTable(JsonGenerator json, JobStatus.TableCount table) throws IOException {
        json.writeStartObject();
        json.writeStringField("database", table.table().database());
        json.writeStringField("schema", table.table().schema());
        json.writeStringField("name", table.table().name());
        json.writeNumberField("rowsRead", table.rowsRead());
        json.writeNumberField("bytesRead", table.bytesRead());
        json.writeNumberField("rowsCommitted", table.rowsCommitted());
        json.writeNumberField("bytesCommitted", table.bytesCommitted());
        json.writeEndObject();
    }

    /** @throws IOException where this is not JSON; a runtime exception where it is not a status */
    static JobStatus read(byte[] bytes) throws IOException {
        Fields status;
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            status = new Fields((Map<?, ?>) value(json));
        }
        return new JobStatus(
                status.text("pipeline"),
                JobStatus.Phase.valueOf(status.text("phase")),
                Instant.parse(status.text("at")),
                Instant.parse(status.text("startedAt")),
                source(status.objects("source").getFirst()),
                status.objects("tables").stream().map(StatusJson::table).toList(),
                status.objects("channels").stream()
                        .map(channel -> new JobStatus.ChannelFill(channel.number("bytes"), channel.number("capacity")))
                        .toList(),
                status.objects("checkpoint").stream().findFirst().map(StatusJson::checkpoint),
                (int) status.number("restarts"),
                status.has("lastError") ? Optional.of(status.text("lastError")) : Optional.empty());
    }

    private static SourceProgress source(Fields source) {
        return new SourceProgress(
                SourceProgress.Phase.valueOf(source.text("phase")),
                (int) source.number("tables"),
                (int) source.number("tablesDone"),
                source.number("rowsExpected"),
                source.number("rowsRead"),
                source.number("lagBytes"),
                source.number("lagMicros"));
    }

    private static JobStatus.CheckpointStatus checkpoint(Fields checkpoint) {
        return new JobStatus.CheckpointStatus(
                checkpoint.number("id"),
                Instant.parse(checkpoint.text("committedAt")),
                Duration.ofMillis(checkpoint.number("durationMillis")),
                checkpoint.number("stateBytes"),
                checkpoint.text("sourcePosition"),
                checkpoint.number("completeMicros"),
                checkpoint.text("consistent").equals("true"));
    }

    private static JobStatus.TableCount table(Fields table) {
        return new JobStatus.TableCount(
                new TableId(table.text("database"), table.text("schema"), table.text("name")),
                table.number("rowsRead"),
                table.number("bytesRead"),
                table.number("rowsCommitted"),
                table.number("bytesCommitted"));
    }

    /** The value that the parser stands on: a map, a list, or a scalar's text. */
    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                object.put(name, value(json));
            }
            return object;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json));
            }
            return array;
        }
        return json.getText();
    }

    /** An object's fields. */
    private record Fields(Map<?, ?> values) {
        boolean has(String name) {
            return values.containsKey(name);
        }

        String text(String name) {
            if (values.get(name) instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException("'" + name + "' is missing");
        }

        long number(String name) {
            return Long.parseLong(text(name));
        }

        /** The objects in a list, or the one object, or none. */
        List<Fields> objects(String name) {
            Object value = values.get(name);
            if (value instanceof List<?> list) {
                return list.stream().map(each -> new Fields((Map<?, ?>) each)).toList();
            }
            return value instanceof Map<?, ?> one ? List.of(new Fields(one)) : List.of();
        }
    }
}

package dev.millrace.definition;

import dev.millrace.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A pipeline file and what it is read with.
 *
 * @param path        as the user gave it, for messages
 * @param environment what {@code ${env:NAME}} sees
 * @param overrides   {@code key=value} of each {@code --set}, in order
 */
public record PipelineFile(Path path, Map<String, String> environment, List<String> overrides) {
    static final int MAX_BYTES = 1024 * 1024;

    public PipelineFile {
        environment = Map.copyOf(environment);
        overrides = List.copyOf(overrides);
    }

    /**
     * Reads the file and validates it.
     *
     * @param connectors validates the connectors' own keys
     * @throws dev.millrace.config.ConfigException with all problems
     * @throws MillraceException                   where the file can't be read at all
     */
    public PipelineDefinition read(ConnectorRules connectors) {
        return new DefinitionReader(this, connectors).read(text());
    }

    /** Where relative paths in the file start from. */
    Path folder() {
        Path parent = path.toAbsolutePath().normalize().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    private String text() {
        try {
            if (Files.isDirectory(path)) {
                throw unreadable("is a folder", "Name the YAML file in it.", null);
            }
            if (!Files.exists(path)) {
                throw unreadable("does not exist", "Name a pipeline file; configs/ has examples.", null);
            }
            byte[] bytes = firstBytes();
            if (bytes.length > MAX_BYTES) {
                throw unreadable(
                        "is larger than 1 MiB", "A pipeline file is a page or two: is this the right one?", null);
            }
            return withoutByteOrderMark(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw unreadable("is not UTF-8", "Save it as UTF-8.", e);
        } catch (AccessDeniedException e) {
            throw unreadable("may not be read by this user", "Give this user the right to read it.", e);
        } catch (IOException e) {
            throw unreadable("can't be read: " + e.getMessage(), "Look at the disk it is on.", e);
        }
    }

    /** Not what the size says: a pipe or a device has none, and may never end. */
    private byte[] firstBytes() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    private MillraceException unreadable(
            String what, String nextStep, @org.jspecify.annotations.Nullable Throwable cause) {
        return new MillraceException(DefinitionError.UNREADABLE, "'" + path + "' " + what + ".", nextStep, cause);
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}

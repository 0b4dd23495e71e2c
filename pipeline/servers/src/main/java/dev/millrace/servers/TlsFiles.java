package dev.millrace.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A server's certificate and its private key, as PEM files. The certificate is its own authority: clients trust this
 * file.
 */
public record TlsFiles(Path certificate, Path key) {
    private static final String PASSWORD = "not-a-secret";

    /** Makes a certificate for {@code localhost} and 127.0.0.1 in this folder, by the JDK's keytool. */
    public static TlsFiles selfSigned(Path folder) {
        return selfSigned(folder, "dns:localhost,ip:127.0.0.1");
    }

    /**
     * Makes a certificate for these names in this folder.
     *
     * @param names the subject's alternative names in keytool's form, such as {@code dns:db.example}
     */
    public static TlsFiles selfSigned(Path folder, String names) {
        TlsFiles files = new TlsFiles(folder.resolve("server.crt"), folder.resolve("server.key"));
        Path store = folder.resolve("server.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        try {
            Files.createDirectories(folder);
            keytool(
                    keytool,
                    store,
                    List.of(
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=localhost",
                            "-validity",
                            "2",
                            "-ext",
                            "san=" + names));
            keytool(
                    keytool,
                    store,
                    List.of(
                            "-exportcert",
                            "-rfc",
                            "-alias",
                            "server",
                            "-file",
                            files.certificate().toString()));
            Files.writeString(files.key(), pem(store));
            Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
            Files.delete(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static void keytool(Path keytool, Path store, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(keytool.toString()));
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Programs.execute(command);
    }

    private static String pem(Path store) throws IOException {
        try (InputStream stream = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stream, PASSWORD.toCharArray());
            Key key = keys.getKey("server", PASSWORD.toCharArray());
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

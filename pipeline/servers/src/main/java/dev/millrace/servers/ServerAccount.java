package dev.millrace.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who a server runs as. PostgreSQL refuses to run as root, and tests in containers often are root. */
enum ServerAccount {
    /** As the user of this JVM. */
    OWN(),
    /** In a user namespace without a mapping: the server sees "nobody", its files stay root's. */
    USER_NAMESPACE("unshare", "-U"),
    /**
     * As "nobody", where user namespaces are off; it owns its files, and may pass folders that are closed to others.
     */
    NOBODY(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--securebits=+no_setuid_fixup",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> prefix;

    ServerAccount(String... prefix) {
        this.prefix = List.of(prefix);
    }

    static ServerAccount detect() {
        if (!System.getProperty("user.name").equals("root")) {
            return OWN;
        }
        if (USER_NAMESPACE.works()) {
            return USER_NAMESPACE;
        }
        if (NOBODY.works()) {
            return NOBODY;
        }
        throw new ServerException(
                "PostgreSQL refuses to run as root, and neither 'unshare -U' nor 'setpriv' works here."
                        + " Run as another user, or install the package util-linux");
    }

    boolean works() {
        return Programs.isOnPath(prefix.get(0))
                && Programs.run(command(List.of("true"))).exitCode() == 0;
    }

    List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(program);
        return command;
    }

    /** Makes the server the owner of a folder and of all in it. */
    void give(Path folder) {
        if (this == NOBODY) {
            Programs.execute(List.of("chown", "-R", "65534:65534", folder.toString()));
        }
    }
}

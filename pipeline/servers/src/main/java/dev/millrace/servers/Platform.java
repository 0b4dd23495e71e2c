package dev.millrace.servers;

import java.util.Locale;

/** The operating system and processor, named as the PostgreSQL archives name them: {@code linux-x86_64}. */
record Platform(String system, String processor) {

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "darwin" : name.startsWith("linux") ? "linux" : null;
        String processor = switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> null;
        };
        if (system == null || processor == null) {
            throw new ServerException("No PostgreSQL programs are known for " + osName + " on " + osArch
                    + ": Linux and macOS on x86-64 and arm64 are");
        }
        return new Platform(system, processor);
    }

    boolean isLinux() {
        return system.equals("linux");
    }

    @Override
    public String toString() {
        return system + "-" + processor;
    }
}

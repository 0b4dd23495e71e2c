package dev.millrace.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Libraries that a server wants and a fresh machine may lack. They are taken out of the distribution's packages into a
 * folder of the cache; nothing is installed, so no rights are needed.
 */
final class SharedLibraries {
    /** The packages that hold a library; a later Debian or Ubuntu has given some of them another name. */
    private static final Map<String, List<String>> PACKAGES = Map.of(
            "libaio.so.1", List.of("libaio1", "libaio1t64"),
            "libnuma.so.1", List.of("libnuma1"));

    /** Uses the machine's own list of packages, or gets one of its own, where the machine has none yet. */
    private static final String DOWNLOAD = """
            cd "$0" || exit 1
            apt-get -qq download "$1" && exit 0
            mkdir -p lists/partial cache/archives/partial
            private="-o Dir::State::Lists=$0/lists -o Dir::Cache=$0/cache -o APT::Sandbox::User="
            apt-get -qq $private update && apt-get -qq $private download "$1"
            """;

    private final Path folder;

    SharedLibraries(Path folder) {
        this.folder = folder;
    }

    /** Puts into the folder what the program wants and the machine lacks. */
    void complete(Path program) throws IOException {
        for (String line :
                Programs.run(List.of("ldd", program.toString())).output().split("\n")) {
            if (line.contains("not found")) {
                fetch(line.strip().split(" ", 2)[0], program);
            }
        }
    }

    private void fetch(String library, Path program) throws IOException {
        StringBuilder attempts = new StringBuilder();
        for (String name : PACKAGES.getOrDefault(library, List.of())) {
            Path work = Files.createTempDirectory("millrace-package-");
            try {
                Programs.Result download = Programs.run(List.of("sh", "-c", DOWNLOAD, work.toString(), name));
                attempts.append(download.output());
                Optional<Path> found = download.exitCode() == 0 ? unpacked(work, library) : Optional.empty();
                if (found.isPresent()) {
                    Files.createDirectories(folder);
                    Files.copy(found.get().toRealPath(), folder.resolve(library));
                    return;
                }
            } finally {
                FileTrees.delete(work);
            }
        }
        throw new ServerException(program + " wants the library " + library
                + ", which is neither installed nor could be fetched. On Debian: apt-get install libaio1 libnuma1\n"
                + attempts);
    }

    private static Optional<Path> unpacked(Path work, String library) throws IOException {
        Programs.execute(List.of("sh", "-c", "cd \"$0\" && dpkg-deb -x ./*.deb unpacked", work.toString()));
        try (Stream<Path> files = Files.walk(work.resolve("unpacked"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(library))
                    .findFirst();
        }
    }
}

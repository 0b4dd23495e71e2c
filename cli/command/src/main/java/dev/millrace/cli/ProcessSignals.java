package dev.millrace.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The operating system's signals. The first one asks for an orderly end; a further one ends the process at once with 128 and its
 * number, and so does the first one where the orderly end hangs somewhere that nobody can break off. What comes within a second of
 * the first belongs to it: {@code timeout} and some supervisors signal the process and then its group. Shutdown hooks can't do
 * that: they never see the second. The class that can is in {@code jdk.unsupported} and reached by name, because the compiler warns
 * of it in a way that can't be switched off; on a JDK without it signals end the process at once. The VM leaves a signal alone
 * that the process was started to ignore, as {@code nohup} does.
 */
final class ProcessSignals implements Signals {
    /** A second less than what is promised. */
    private static final Duration LONGEST_END = Duration.ofSeconds(29);

    private static final Optional<Long> NEVER = Optional.empty();
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    /** When the first one came, in the VM's nanoseconds. */
    private final AtomicReference<Optional<Long>> asked = new AtomicReference<>(NEVER);

    @Override
    public void onFirst(Runnable action) {
        handle("INT", action);
        handle("TERM", action);
        handle("HUP", action);
    }

    private void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object signalObject = signal.getConstructor(String.class).newInstance(name);
            int number = (int) signal.getMethod("getNumber").invoke(signalObject);
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            received(number, action);
                            return null;
                        }
                        return method.invoke(this, arguments);
                    });
            signal.getMethod("handle", signal, handler).invoke(null, signalObject, proxy);
        } catch (ReflectiveOperationException e) {
            boolean refusedByTheVm = e instanceof InvocationTargetException;
            if (!refusedByTheVm && !(e instanceof ClassNotFoundException)) {
                throw new IllegalStateException("this JDK's signals have another shape", e);
            }
        }
    }

    private void received(int number, Runnable action) {
        long now = System.nanoTime();
        Optional<Long> first = asked.compareAndExchange(NEVER, Optional.of(now));
        if (first.isEmpty()) {
            CompletableFuture.delayedExecutor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> endLate(number));
            action.run();
        } else if (now - first.get() > TOGETHER.toNanos()) {
            Runtime.getRuntime().halt(ExitCode.SIGNAL_BASE + number);
        }
    }

    /** Writes past all that may be held up by whatever hangs. */
    private static void endLate(int number) {
        System.err.println(
                "The run did not end in time and is broken off; the next one goes on from the last checkpoint.");
        Runtime.getRuntime().halt(ExitCode.SIGNAL_BASE + number);
    }
}

package dev.millrace.servers.faults;

/** Which way bytes go through a {@link TcpProxy}. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT
}

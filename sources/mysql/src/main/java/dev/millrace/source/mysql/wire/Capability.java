package dev.millrace.source.mysql.wire;

/** Bits by which client and server agree on parts of the protocol. */
final class Capability {
    static final long SSL = 0x800;
    static final long PLUGIN_AUTH = 0x80000;
    private static final long LONG_PASSWORD = 0x1;
    private static final long LONG_FLAG = 0x4;
    private static final long PROTOCOL_41 = 0x200;
    private static final long TRANSACTIONS = 0x2000;
    private static final long SECURE_CONNECTION = 0x8000;

    /** What is asked of every server. */
    static final long WANTED = LONG_PASSWORD | LONG_FLAG | PROTOCOL_41 | TRANSACTIONS | SECURE_CONNECTION | PLUGIN_AUTH;

    private Capability() {}
}

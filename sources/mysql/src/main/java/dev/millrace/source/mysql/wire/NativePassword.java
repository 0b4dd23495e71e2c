package dev.millrace.source.mysql.wire;

import dev.millrace.source.mysql.failure.ProtocolFailure;

/** SHA-1 with a challenge: MariaDB's default, and MySQL's before 8.0. */
record NativePassword() implements LoginMethod {
    static final String NAME = "mysql_native_password";
    private static final Digests SHA_1 = new Digests("SHA-1");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] answer(byte[] password, byte[] challenge, boolean isProtected) {
        if (password.length == 0) {
            return password;
        }
        byte[] once = SHA_1.of(password);
        return Digests.mixed(SHA_1.of(challenge, SHA_1.of(once)), once);
    }

    @Override
    public void more(PacketChannel channel, byte[] password, byte[] challenge) {
        throw ProtocolFailure.of("The server wants more than " + NAME + " has");
    }
}

package dev.millrace.servers.s3;

/** An answer that says no, with S3's name for the reason. */
final class S3Error extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;

    S3Error(int status, String code) {
        super(code);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    static S3Error preconditionFailed() {
        return new S3Error(412, "PreconditionFailed");
    }

    static S3Error noSuchKey() {
        return new S3Error(404, "NoSuchKey");
    }

    static S3Error notImplemented() {
        return new S3Error(501, "NotImplemented");
    }
}

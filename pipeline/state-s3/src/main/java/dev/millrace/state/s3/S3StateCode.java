package dev.millrace.state.s3;

import dev.millrace.error.CatalogueEntry;
import dev.millrace.error.ErrorCode;

/** What can go wrong with state on S3. */
enum S3StateCode implements ErrorCode {
    UNREACHABLE("S3S-001", Remedy.RESTART),
    REFUSED("S3S-002", Remedy.STOP),
    OWNED_BY_ANOTHER("S3S-003", Remedy.STOP),
    OWNERSHIP_LOST("S3S-004", Remedy.STOP),
    BAD_LOCATION("S3S-005", Remedy.STOP);

    private final CatalogueEntry entry;

    S3StateCode(String id, Remedy remedy) {
        this.entry = new CatalogueEntry(id, Owner.STATE, remedy);
    }

    @Override
    public CatalogueEntry entry() {
        return entry;
    }
}

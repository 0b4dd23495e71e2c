package dev.millrace.error;

/** A stable name for one kind of failure. Each module declares its codes in one enum; a code is never reused for another meaning. */
public interface ErrorCode {
    /** All there is to know about this code; always the same. */
    CatalogueEntry entry();

    /** Short and stable, as it is printed and documented: {@code PG-012}. */
    default String id() {
        return entry().id();
    }

    default Owner owner() {
        return entry().owner();
    }

    default Remedy remedy() {
        return entry().remedy();
    }

    /** Whose matter a failure is. */
    enum Owner {
        CONFIG,
        SOURCE,
        SINK,
        STATE,
        DATA,
        INTERNAL
    }

    /** What the engine does. It looks at nothing else. */
    enum Remedy {
        /** Start again from the last checkpoint, after a pause that grows, as often as the settings allow. */
        RESTART,
        /** Stop; a person has to act first. State stays as it is. */
        STOP
    }
}

package dev.millrace.spi;

import dev.millrace.schema.Schema;
import java.util.List;

/** An ability of a sink: looks whether it could take certain tables, without changing anything. For {@code cdc check}. */
public interface TableCheckable {
    /**
     * May connect and block for seconds. What can't be reached is a finding, not an exception.
     *
     * @param tables the source's tables, under the names that they would have here
     */
    List<Checkable.Finding> checkTables(List<Schema> tables);
}

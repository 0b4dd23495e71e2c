package dev.millrace.source.postgres.log;

import dev.millrace.model.ChangeBatch;
import dev.millrace.model.ChangeBatchBuilder;
import dev.millrace.model.VectorBuilder;
import dev.millrace.schema.Schema;

/** The open batch of one table. */
final class OpenTable {
    final ChangeBatchBuilder batch;
    final VectorBuilder[] columns;
    private long transaction = -1;

    OpenTable(Schema schema) {
        batch = new ChangeBatchBuilder(schema, ChangeBatch.Origin.LOG);
        columns = new VectorBuilder[schema.columns().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i);
        }
    }

    void enter(Transaction current) {
        if (transaction != current.number()) {
            transaction = current.number();
            batch.startTransaction(current.id(), current.commitMicros(), current.commitPlace());
        }
    }
}

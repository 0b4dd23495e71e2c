/**
 * The Apache Paimon sink: rows go from columnar batches straight into sorted data files, checkpoints become snapshots, and
 * after each checkpoint a manifest names the snapshots that belong together. No type of Paimon leaves this package.
 */
@NullMarked
package dev.millrace.sink.paimon;

import org.jspecify.annotations.NullMarked;

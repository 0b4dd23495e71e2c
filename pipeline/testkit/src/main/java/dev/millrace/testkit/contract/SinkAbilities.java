package dev.millrace.testkit.contract;

/**
 * What a sink can do. The suite proves what is true, and that what is false is refused rather than done wrongly.
 *
 * @param remembers       keeps rows at all
 * @param fillsUnchanged  completes cells that the source did not send from the row that it holds
 * @param tablesWithoutKey takes rows without a key
 */
public record SinkAbilities(boolean remembers, boolean fillsUnchanged, boolean tablesWithoutKey) {
    public static final SinkAbilities ALL = new SinkAbilities(true, true, true);
}

package dev.millrace.source.postgres.split;

/**
 * What tells the log of one server from that of another, and from another course of its own: one that it took after it was
 * set back to an earlier state, or that a standby took which did not have everything yet.
 *
 * @param system   the number that a cluster gets when it is made, and that its copies and standbys share
 * @param timeline one more for each time that a copy or standby became a server of its own
 */
public record ServerHistory(String system, int timeline) {}

package dev.millrace.servers;

/** The servers of MySQL's kin that can be started here. */
public enum MySqlRelease {
    /** Oracle's build of MySQL 8.0.33. */
    MYSQL_8_0(new OracleDistribution()),
    /** MariaDB 11.4.5. */
    MARIADB_11_4(new MariaDbDistribution());

    @SuppressWarnings("ImmutableEnumChecker") // neither distribution has state
    private final MySqlDistribution distribution;

    MySqlRelease(MySqlDistribution distribution) {
        this.distribution = distribution;
    }

    public boolean isMariaDb() {
        return distribution instanceof MariaDbDistribution;
    }

    MySqlDistribution distribution() {
        return distribution;
    }
}

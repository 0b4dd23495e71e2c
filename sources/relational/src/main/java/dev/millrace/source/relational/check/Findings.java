package dev.millrace.source.relational.check;

import dev.millrace.error.MillraceException;
import dev.millrace.spi.Checkable.Finding;
import dev.millrace.spi.Checkable.Level;
import java.util.ArrayList;
import java.util.List;

/** What {@code cdc check} found, in the order of looking. */
public final class Findings {
    private final List<Finding> all = new ArrayList<>();

    public List<Finding> all() {
        return List.copyOf(all);
    }

    public void ok(String subject, String message) {
        all.add(new Finding(Level.OK, subject, message, ""));
    }

    public void warn(String subject, String message, String fix) {
        all.add(new Finding(Level.WARNING, subject, message, fix));
    }

    public void error(String subject, String message, String fix) {
        all.add(new Finding(Level.ERROR, subject, message, fix));
    }

    /** What failed while looking is a finding too. */
    public void failed(String subject, MillraceException failure) {
        error(subject, String.valueOf(failure.getMessage()), failure.nextStep());
    }

    public void unmet(List<Requirement> unmet) {
        unmet.forEach(each -> error(each.subject(), each.message(), each.fix()));
    }
}

package dev.millrace.cli;

import dev.millrace.definition.Secrets;

/**
 * The last line of defence: takes secrets out of whatever is about to be printed, for the text of a driver's error knows
 * nothing of our marks. Rows of tables do not pass here: data is shown as it is. Nor do words that are ours alone, where it can be
 * told: whoever has the password "none" is still to read "none yet".
 */
final class Redactor {
    private volatile Secrets secrets = Secrets.NONE;

    /** From now on hides these. */
    void hide(Secrets texts) {
        secrets = texts;
    }

    String clean(String text) {
        return secrets.hide(text);
    }
}

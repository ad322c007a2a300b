package dev.tarn.cli.doctor;

/**
 * What one check found.
 *
 * @param mend what to do about it; empty when all is well
 */
public record Finding(String check, Grade grade, String found, String mend) {
    /** How bad it is. */
    public enum Grade {
        ok,
        warning,
        problem
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Grade.ok, found, "");
    }

    static Finding warning(String check, String found, String mend) {
        return new Finding(check, Grade.warning, found, mend);
    }

    static Finding problem(String check, String found, String mend) {
        return new Finding(check, Grade.problem, found, mend);
    }
}

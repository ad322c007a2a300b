package dev.tarn.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuessablePasswordsTest {
    private static final User.Profile ZOE =
            new User.Profile(Optional.of("zoe.miller@acme.example"), Optional.of("Zoë"), Optional.of("Müller"));

    private static boolean guessable(String password) {
        return GuessablePasswords.contain(password, "zmiller-1", ZOE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PassWord",
                "12345678",
                "qwertyuiop",
                "iloveyou1",
                "tarn2026",
                "Tarn-tarn-tarn!",
                "zmiller-1",
                "Zmiller-1!",
                "miller1234",
                "Zoë Müller 1",
                "acme.example",
                "datalinks!!"
            })
    void whatIsTriedFirst(String password) {
        assertThat(guessable(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two quiet rivers",
                "Password123!",
                "84729384729101",
                "tarn84729384",
                "müllerfrisst",
                "correct horse battery",
                "ööööööööö",
                "!!!!!!!!"
            })
    void whatIsNot(String password) {
        assertThat(guessable(password)).isFalse();
    }
}

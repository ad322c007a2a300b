package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a page, as a reader types them. */
final class DocumentedCommands {
    private static final Path ROOT = Path.of(System.getProperty("tarn.root", ".."));
    private static final Pattern BLOCK = Pattern.compile("```(sh|sql)\\n(.*?)```", Pattern.DOTALL);

    private DocumentedCommands() {}

    /** Runs every block one after the other; each must succeed. What they said is the answer. */
    static String run(String page, CommandLineUnderTest tarn) throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        Matcher blocks = BLOCK.matcher(Files.readString(ROOT.resolve(page)));
        while (blocks.find()) {
            String block = blocks.group(1).equals("sql")
                    ? "./tarn sql '" + blocks.group(2).strip() + "'"
                    : blocks.group(2);
            CommandLineUnderTest.Ended ended = tarn.bash(block);
            assertThat(ended.exitCode()).as("%s%n%s", block, ended.output()).isZero();
            said.append(ended.output());
        }
        return said.toString();
    }
}

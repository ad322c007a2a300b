package dev.tarn.cli;

import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.output.ExpandedSink;
import dev.tarn.cli.output.RowSink;
import dev.tarn.cli.output.StatementAnswer;
import dev.tarn.cli.output.TableSink;
import dev.tarn.cli.statement.StatementSplitter;
import dev.tarn.cli.statement.StatementText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.UUID;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;

/**
 * A conversation in SQL. A statement ends with a semicolon and may have several lines; a line that begins with a backslash is
 * a command of the prompt. Ctrl-C cancels the statement that runs, on the server; Ctrl-D ends the conversation.
 */
final class SqlPrompt {
    private final Terminal terminal;
    private final org.jline.terminal.Terminal screen;
    private final PromptState state;
    private final PromptCommands commands;
    private final CatalogNames names;

    private SqlPrompt(Terminal terminal, org.jline.terminal.Terminal screen, StatementRunner runner) {
        this.terminal = terminal;
        this.screen = screen;
        this.state = new PromptState(runner);
        this.names = new CatalogNames(runner.client(), terminal.clock());
        this.commands = new PromptCommands(terminal, state, names);
    }

    static int open(Terminal terminal, ServerOptions server, StatementRunner runner) throws IOException {
        try (org.jline.terminal.Terminal screen =
                TerminalBuilder.builder().system(true).build()) {
            return converse(terminal, screen, server, runner);
        }
    }

    static int converse(
            Terminal terminal, org.jline.terminal.Terminal screen, ServerOptions server, StatementRunner runner) {
        SqlPrompt prompt = new SqlPrompt(terminal, screen, runner);
        LineReader reader = LineReaderBuilder.builder()
                .terminal(screen)
                .appName("tarn")
                .parser(new PromptParser())
                .completer(new PromptCompleter(prompt.names))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   -> ")
                .variable(LineReader.HISTORY_SIZE, 5_000)
                .variable(LineReader.HISTORY_FILE_SIZE, 10_000)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
        PromptHistory.file(terminal, server.home(terminal))
                .ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
        terminal.out().println("Connected to " + runner.client().url() + ". \\? for help, \\q or Ctrl-D to leave.");
        terminal.out().flush();
        return prompt.loop(reader);
    }

    private int loop(LineReader reader) {
        while (!state.left()) {
            String text;
            try {
                text = reader.readLine("tarn> ");
            } catch (UserInterruptException e) {
                continue; // Ctrl-C gives up what was typed
            } catch (EndOfFileException e) {
                break;
            }
            answer(text);
            terminal.out().flush();
        }
        return ExitCode.OK.number;
    }

    private void answer(String text) {
        if (text.isBlank()) {
            return;
        }
        try {
            String toRun = text.strip().startsWith("\\") ? commands.run(text.strip()) : text;
            if (!toRun.isBlank()) {
                state.remember(toRun);
                for (StatementText statement : StatementSplitter.split(toRun)) {
                    run(statement);
                }
            }
        } catch (CommandException | RequestException | IOException e) {
            terminal.out().flush();
            terminal.err().println("tarn: " + FailureText.sentence(e));
        }
    }

    private void run(StatementText statement) throws CommandException, RequestException, IOException {
        String id = UUID.randomUUID().toString();
        StatementRunner runner = state.runner();
        try (CancelOnInterrupt running = CancelOnInterrupt.statement(runner.client(), id);
                Pager pager = Pager.open(terminal, state.paging() ? screen.getHeight() : 0)) {
            SignalHandler before = screen.handle(Signal.INT, signal -> running.cancel());
            try {
                PrintStream out = pager.out();
                StatementAnswer answer = runner.run(id, statement, sink(out));
                if (state.timing()) {
                    out.println(SqlCommand.summary(answer));
                }
            } finally {
                screen.handle(Signal.INT, before);
            }
        } catch (RequestException.Refused refused) {
            throw StatementRunner.withPlace(refused.problem(), statement);
        } finally {
            names.changed(statement.text());
        }
    }

    private RowSink sink(PrintStream out) {
        return state.expanded() ? new ExpandedSink(out) : new TableSink(out, "");
    }
}

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows the change feed over server-sent events, with the JDK only (17 or later), and handles each change exactly once, even if it is
 * killed at any moment: its results and its position are one file, which is replaced as a whole. Here it counts the changes of each
 * department.
 *
 * <pre>MINGJIAN_URL=http://127.0.0.1:4000 MINGJIAN_TOKEN=… java examples/Reader.java counts.txt</pre>
 *
 * In a Spring application, `take` is a method with @Transactional that writes the results and
 * `UPDATE cursors SET position = ? WHERE reader = ? AND position = ?` through JdbcTemplate, and throws unless one row was updated. The
 * rest stays the same, in a thread that a SmartLifecycle starts and stops.
 */
public final class Reader {
    private static final String QUERY =
        "subscription { changes(after: \"0\") { __typename"
            + " ... on Change { eventId position department } ... on FeedMark { kind position } } }";
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"([^\"\\\\]*)\"");
    private static final int LARGEST_STATE = 64 << 20;
    /** The server sends something at least every 12 seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(40);

    private final Path file;
    /** With HTTP/2 the JDK would first ask to upgrade the connection, which the server has only for WebSocket. */
    private final HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
    /** The lines of the file: the cursor, each change that was seen, and the count of each department. */
    private String cursor = "0";
    private final List<String> seen = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    private Reader(Path file) {
        this.file = file;
    }

    public static void main(String[] arguments) throws InterruptedException, IOException {
        Reader reader = new Reader(Path.of(arguments.length > 0 ? arguments[0] : "counts.txt"));
        reader.load();
        // The feed ends if the server stops or this reader was too slow (LAGGED). In both cases, resume after the cursor.
        while (true) {
            try {
                reader.follow();
            } catch (IOException error) {
                System.err.println(error);
            }
            Thread.sleep(1_000);
        }
    }

    private void follow() throws IOException, InterruptedException {
        // Last-Event-ID overrides the query's own `after`.
        HttpRequest request = HttpRequest.newBuilder(URI.create(setting("MINGJIAN_URL", "http://127.0.0.1:4000") + "/graphql/stream"))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + setting("MINGJIAN_TOKEN", ""))
            .header("last-event-id", cursor)
            .timeout(SILENCE)
            .POST(BodyPublishers.ofString("{\"query\":\"" + QUERY.replace("\"", "\\\"") + "\"}"))
            .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            Watchdog watchdog = new Watchdog(response.body())) {
            // The body of an error has the API's own message.
            if (response.statusCode() != 200) throw new IOException(lines.readLine());
            Map<String, String> event = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                watchdog.heard();
                int colon = line.indexOf(':');
                if (colon > 0) event.put(line.substring(0, colon), line.substring(colon + 1).stripLeading());
                if (!line.isEmpty()) continue;
                if ("complete".equals(event.get("event"))) return;
                if (event.containsKey("data")) received(event.get("data"));
                event.clear();
            }
        }
    }

    /** No value that the query selects holds a quotation mark. A program with a JSON library reads the item with that. */
    private void received(String data) throws IOException {
        if (data.contains("\"errors\":")) throw new IOException(data);
        Map<String, String> item = new HashMap<>();
        for (Matcher field = FIELD.matcher(data); field.find();) item.put(field.group(1), field.group(2));
        take(item);
        System.out.println(
            "{\"kind\":\"" + item.getOrDefault("kind", "CHANGE") + "\",\"position\":\"" + item.get("position") + "\"}");
        System.out.flush();
    }

    /** The transaction: a file that is written beside the other one, is on the disk, and takes its place. */
    private void take(Map<String, String> item) throws IOException {
        if ("Change".equals(item.get("__typename"))) {
            seen.add(item.get("position") + " " + item.get("eventId"));
            counts.merge(item.get("department"), 1, Integer::sum);
        }
        // A mark moves the cursor, too, so that nothing before it is read again.
        cursor = item.get("position");
        List<String> lines = new ArrayList<>(List.of("cursor " + cursor));
        for (String change : seen) lines.add("seen " + change);
        counts.forEach((department, changes) -> lines.add("count " + department + " " + changes));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, lines);
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void load() throws IOException {
        if (!Files.exists(file)) return;
        if (Files.size(file) > LARGEST_STATE) throw new IOException(file + " is too large for this example");
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "cursor" -> cursor = words[1];
                case "seen" -> seen.add(words[1]);
                case "count" -> counts.put(words[1].split(" ")[0], Integer.valueOf(words[1].split(" ")[1]));
                default -> throw new IOException("Not a line of this reader: " + line);
            }
        }
    }

    private static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    /** Closes a connection on which nothing has come for too long: the timeout of a request ends with its headers. */
    private static final class Watchdog implements AutoCloseable {
        private final Thread thread;
        private volatile long heardAt = System.nanoTime();

        Watchdog(InputStream body) {
            thread = new Thread(() -> {
                try {
                    while (System.nanoTime() - heardAt < SILENCE.toNanos()) Thread.sleep(1_000);
                    body.close();
                } catch (InterruptedException | IOException ended) {
                    // The connection has ended by itself.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        void heard() {
            heardAt = System.nanoTime();
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}

package dev.tarn.api.dataml;

import dev.tarn.access.Caller;
import dev.tarn.access.NewUser;
import dev.tarn.access.User;
import dev.tarn.access.Users;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Users of the caller's tenant. */
@RestController("dataMlUsersController")
class UsersController {

    /** The list has no pages in the contract. */
    private static final int MOST = 10_000;

    /** What has a chance to be an e-mail address; the rest is the facade's to say. */
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}");

    private final Users users;
    private final RequestFields requests;

    UsersController(Users users, RequestFields requests) {
        this.users = users;
        this.requests = requests;
    }

    @PostMapping({"/api/v1/users/create-user", "/api/v1/users/create-user/"})
    ShownUser create(Caller caller, HttpServletRequest request) {
        Fields body = requests.ofJson(request);
        UUID tenantId = body.id("tenant_id");
        Optional<String> firstName = body.optionalText("first_name");
        Optional<String> lastName = body.optionalText("last_name");
        String email = body.text("email");
        if (body.values().containsKey("email") && !EMAIL.matcher(email.strip()).matches()) {
            body.problems().noEmail("body", "email", email);
        }
        String username = body.text("username");
        String password = body.password("password");
        List<String> roles = body.texts("roles");
        body.check();
        if (!tenantId.equals(caller.tenantId())) {
            throw Refusals.unknownTenant();
        }
        return ShownUser.of(users.create(
                caller,
                new NewUser(
                        username,
                        new User.Profile(Optional.of(email), firstName, lastName),
                        Optional.of(password),
                        roles,
                        Optional.empty(),
                        Optional.empty())));
    }

    /** All users and how many there are. */
    record Listed(List<ShownUser> data, long count) {}

    @GetMapping({"/api/v1/users/read-users/", "/api/v1/users/read-users"})
    Listed list(Caller caller) {
        List<ShownUser> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<User> page = users.list(caller, Optional.empty(), new PageRequest(PageRequest.MAXIMUM, cursor));
            page.items().stream().map(ShownUser::of).forEach(all::add);
            cursor = page.next();
        } while (cursor.isPresent() && all.size() < MOST);
        return new Listed(all, users.count(caller));
    }

    @GetMapping({"/api/v1/users/{user_id}", "/api/v1/users/{user_id}/"})
    ShownUser read(Caller caller, @PathVariable("user_id") String userId) {
        String text = userId.strip();
        if (!NUMBER.matcher(text).matches()) {
            Problems problems = new Problems();
            problems.notNumber("path", "user_id", userId);
            problems.check();
        }
        return ShownUser.of(Refusals.ofUser(() -> users.numbered(caller, Long.parseLong(text))));
    }
}

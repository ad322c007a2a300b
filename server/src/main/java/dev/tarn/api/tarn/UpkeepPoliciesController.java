package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableName;
import dev.tarn.upkeep.PolicySetting;
import dev.tarn.upkeep.UpkeepPolicies;
import dev.tarn.upkeep.UpkeepPolicy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How tables are looked after by themselves. */
@RestController
@RequestMapping("/tarn/v1")
class UpkeepPoliciesController {
    private final UpkeepPolicies policies;

    UpkeepPoliciesController(UpkeepPolicies policies) {
        this.policies = policies;
    }

    /** A setting, and what holds. */
    record SettingView(
            String name, String description, @Nullable Object value) {}

    /** What is said in one place, and what holds there. */
    record PolicyView(String place, Map<String, Object> policy, List<SettingView> holds) {
        static PolicyView of(UpkeepPolicies.Standing standing) {
            Map<PolicySetting, Object> said = standing.holds().said();
            return new PolicyView(
                    standing.place(),
                    standing.own().written(),
                    Arrays.stream(PolicySetting.values())
                            .map(setting -> new SettingView(
                                    setting.text(),
                                    setting.description(),
                                    said.containsKey(setting)
                                            ? said.get(setting)
                                            : setting.usual().orElse(null)))
                            .toList());
        }
    }

    @GetMapping("/upkeep/policy")
    PolicyView ofTenant(Caller caller) {
        return PolicyView.of(policies.ofTenant(caller));
    }

    @PutMapping("/upkeep/policy")
    PolicyView putTenant(Caller caller, @RequestBody Map<String, @Nullable Object> wanted) {
        return PolicyView.of(policies.putTenant(caller, policy(wanted)));
    }

    @GetMapping("/namespaces/{name}/upkeep-policy")
    PolicyView ofNamespace(Caller caller, @PathVariable String name) {
        return PolicyView.of(policies.ofNamespace(caller, TableName.parseNamespace(name)));
    }

    @PutMapping("/namespaces/{name}/upkeep-policy")
    PolicyView putNamespace(
            Caller caller, @PathVariable String name, @RequestBody Map<String, @Nullable Object> wanted) {
        return PolicyView.of(policies.putNamespace(caller, TableName.parseNamespace(name), policy(wanted)));
    }

    @GetMapping("/tables/{name}/upkeep-policy")
    PolicyView ofTable(Caller caller, @PathVariable String name) {
        return PolicyView.of(policies.ofTable(caller, TableName.parse(name)));
    }

    @PutMapping("/tables/{name}/upkeep-policy")
    PolicyView putTable(Caller caller, @PathVariable String name, @RequestBody Map<String, @Nullable Object> wanted) {
        return PolicyView.of(policies.putTable(caller, TableName.parse(name), policy(wanted)));
    }

    /** Null takes away what was said, as leaving it out does. */
    private static UpkeepPolicy policy(Map<String, @Nullable Object> wanted) {
        Map<String, Object> said = new LinkedHashMap<>();
        wanted.forEach((name, value) -> {
            if (value != null) {
                said.put(name, value);
            }
        });
        return UpkeepPolicy.of(said);
    }
}

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lint/context.h"
#include "lint/support/secret_use.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/suggest.h"

namespace rhumb::lint::secret_key_unknown {
namespace {

using manifest::KeySource;
using manifest::Reference;

void check_name(Context& context, const SecretUse& use) {
  const std::string meant = meant_secret(context.objects(), use.workload->namespace_(), use.name);
  if (meant.empty() && !context.closed_world()) return;
  DraftRef draft = context.report(*use.workload, use.references.front().node,
                                  fmt::format("nothing in the release makes the Secret {}", use.name));
  if (!meant.empty()) draft.adds(fmt::format("did you mean {}?", meant));
}

std::string known_keys(const std::vector<std::string>& keys) {
  constexpr std::size_t most = 8;
  const std::vector<std::string> front(keys.begin(),
                                       keys.begin() + static_cast<std::ptrdiff_t>(std::min(most, keys.size())));
  return strings::join(front, ", ") + (keys.size() > most ? ", ..." : "");
}

void check_keys(Context& context, const SecretUse& use, const std::vector<KeySource>& sources) {
  if (std::any_of(sources.begin(), sources.end(), may_get_keys)) return;
  std::vector<std::string> keys;
  for (const KeySource& source : sources) keys.insert(keys.end(), source.keys.begin(), source.keys.end());
  std::vector<const Reference*> unknown;
  for (const Reference& reference : use.references) {
    if (reference.key.empty() || reference.optional) continue;
    if (std::find(keys.begin(), keys.end(), reference.key) == keys.end()) unknown.push_back(&reference);
  }
  if (unknown.empty()) return;
  // One slip in the class or the Secret takes all keys away.
  const Reference& first = *unknown.front();
  std::set<std::string_view> missing;
  for (const Reference* reference : unknown) missing.insert(reference->key);
  std::string message = fmt::format("the Secret {} has no key {}", use.name, first.key);
  if (missing.size() > 1) message += fmt::format(" and {} more that are asked for", missing.size() - 1);
  DraftRef draft = context.report(*use.workload, first.key_node ? first.key_node : first.node, std::move(message));
  draft.adds("there are: " + known_keys(keys));
  draft.related(*sources.front().object, sources.front().object->metadata()["name"], "what makes the Secret");
  for (std::size_t i = 1; i < unknown.size(); ++i) {
    draft.related(*use.workload->object, unknown[i]->key_node, fmt::format("asks for {} too", unknown[i]->key));
  }
}

void check(Context& context) {
  for (const SecretUse& use : secret_uses(context.workloads())) {
    if (use.is_for_pulling()) continue;
    context.applies();
    const auto sources = manifest::key_sources(context.objects(), "Secret", use.workload->namespace_(), use.name);
    if (!sources.empty()) {
      check_keys(context, use, sources);
    } else if (!use.is_optional()) {
      check_name(context, use);
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "secret-key-unknown",
    .category = Category::secrets,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-503",
    .peers = "kube-linter/env-value-from",
    .summary = "A pod asks for a Secret or a key of it that nothing in the release makes",
    .remedy = "Correct the name or the key, or let the release make it.",
    .documentation = R"(## What it does
Follows `secretKeyRef`, `envFrom`, volumes and projected volumes to the Secret that they name: one that the release
renders, or one that a SecretProviderClass, an ExternalSecret, a SealedSecret or a Certificate of the release makes.
Reports keys that the Secret does not have. A Secret that nothing in the release makes may live outside, so it is
reported only when its name is a slip of one that is made, or with `--closed-world`. What is `optional` may be missing.

## Why
The pod hangs in CreateContainerConfigError or ContainerCreating.

## Example
```yaml
# wrong: the key is called DB_PASSWORD
secretKeyRef:
  name: tms-odoo-secrets
  key: DB_PASWORD
```
```yaml
# right
secretKeyRef:
  name: tms-odoo-secrets
  key: DB_PASSWORD
```
)",
    .check = check,
};

}  // namespace rhumb::lint::secret_key_unknown

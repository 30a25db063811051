#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/object_credentials.h"

namespace rhumb::lint::plaintext_secret {
namespace {

/// "the value of "password"" within a file; of a value as a whole its place has said the name already.
std::string what_of(const ObjectCredential& found) {
  const bool is_whole = found.credential.text == found.node.scalar_text();
  return is_whole && found.credential.what.starts_with("the value of") ? "a credential" : found.credential.what;
}

void check(Context& context) {
  CredentialReports reports(context);
  for (const Object* object : context.all_objects()) {
    for (const ObjectCredential& found : credentials_of(*object)) {
      if (found.credential.is_placeholder || !is_written_down(context.run(), *object, found)) continue;
      reports.add(
          *object, found,
          fmt::format("{} holds {} in plain text: {}", found.where, what_of(found), masked(found.credential.text)));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "plaintext-secret",
    .category = Category::secrets,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-503",
    .peers = "kube-linter/env-var-secret, polaris/sensitiveContainerEnvVar, polaris/sensitiveConfigmapContent",
    .summary = "A credential is rendered from plain text",
    .remedy =
        "Keep it in a secret store and let the pod take it from there: a SecretProviderClass, an external Secret. Then "
        "replace the credential, since the repository's history keeps it.",
    .documentation = R"(## What it does
Looks for credentials in the data of Secrets and ConfigMaps, in the environment, commands and arguments of containers
(init containers, Jobs and hooks too), in annotations and in the fields of all other objects:

- tokens of known form (AWS, GitHub, Slack, JSON Web Tokens ...), private keys, hashes of passwords, passwords in
  addresses, logins of registries;
- values under names such as `DB_PASSWORD`, `apiKey` or `spring.datasource.password` that look like one. Configuration
  files within a value are read by their shape: properties, dotenv, ini, JSON, YAML, XML, scripts.

References (`$(VAR)`, ARNs, `vault:...`), paths, names of Secrets, numbers and placeholders are none. Neither is what
the repository does not hold: a value of `--set`, one made at random or looked up in the cluster.

## Why
Whoever may read the repository, or the object in the cluster, has the credential. A Secret is no better: base 64 is no
encryption, and the release's record keeps a copy.

## Example
```yaml
# wrong
env:
  - name: DB_PASSWORD
    value: correct-horse-battery-staple
```
```yaml
# right
env:
  - name: DB_PASSWORD
    valueFrom:
      secretKeyRef:
        name: tms-odoo-secrets
        key: DB_PASSWORD
```
)",
    .check = check,
};

}  // namespace rhumb::lint::plaintext_secret

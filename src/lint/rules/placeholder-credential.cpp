#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/object_credentials.h"

namespace rhumb::lint::placeholder_credential {
namespace {

void check(Context& context) {
  CredentialReports reports(context);
  for (const Object* object : context.all_objects()) {
    for (const ObjectCredential& found : credentials_of(*object)) {
      if (!found.credential.is_placeholder || !is_written_down(context.run(), *object, found)) continue;
      reports.add(*object, found,
                  fmt::format("{} holds a default that everybody knows for {}: {}", found.where, found.credential.what,
                              masked(found.credential.text)));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "placeholder-credential",
    .category = Category::secrets,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_production,
    .profiles = profile_both,
    .serves = "REQ-1-503",
    .summary = "A credential is a placeholder such as changeme",
    .remedy =
        "Leave the value empty and fail the rendering without it (`required`), or take the credential from a secret "
        "store.",
    .documentation = R"(## What it does
Finds placeholders (`changeme`, `replace-me`, `your-password`, `xxxxxxxx` ...) where a credential belongs: in Secrets,
ConfigMaps, environment variables, arguments. Only what is rendered counts: a placeholder in the chart's values that the
environment overrides is none.

## Why
An installation that nobody configured works, with a password that everybody can guess.

## Example
```yaml
# wrong
stringData:
  password: changeme
```
```yaml
# right: with {{ required "set auth.password" .Values.auth.password }} in the template
stringData:
  password: given-at-render-time
```
)",
    .check = check,
};

}  // namespace rhumb::lint::placeholder_credential

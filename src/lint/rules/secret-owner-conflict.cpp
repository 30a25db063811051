#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/secret_use.h"

namespace rhumb::lint::secret_owner_conflict {
namespace {

using manifest::KeySource;

/// An ExternalSecret may add to a Secret that is there.
bool owns(const KeySource& source) {
  return source.object->kind != "ExternalSecret" ||
         (source.object->spec()["target"]["creationPolicy"].text() != "Merge" &&
          source.object->spec()["target"]["creationPolicy"].text() != "None");
}

std::string title(const Object& object) { return std::string(object.kind) + "/" + std::string(object.name); }

/// Where the object says the name of the Secret.
Node name_node(const Object& object, std::string_view name) {
  for (const Node secret : object.spec()["secretObjects"]) {
    if (secret["secretName"].scalar_text() == name) return secret["secretName"];
  }
  for (const Node node : {object.spec()["target"]["name"], object.spec()["secretName"]}) {
    if (node.scalar_text() == name) return node;
  }
  return object.metadata()["name"];
}

void check_secret(Context& context, std::string_view namespace_, const std::string& name) {
  std::vector<KeySource> owners = manifest::key_sources(context.objects(), "Secret", namespace_, name);
  std::erase_if(owners, [](const KeySource& source) { return !owns(source); });
  const auto is_plain = [](const KeySource& source) { return source.object->kind == "Secret"; };
  // Two Secrets of one name are a duplicate object.
  if (owners.size() < 2 || std::all_of(owners.begin(), owners.end(), is_plain)) return;
  const Object& last = *owners.back().object;
  const Object& first = *owners.front().object;
  context
      .report(last, name_node(last, name),
              fmt::format("the Secret {} has two owners: {} and {}", name, title(first), title(last)))
      .key(name)
      .related(first, name_node(first, name), "the other owner");
}

void check(Context& context) {
  std::vector<std::string_view> namespaces;
  for (const std::string_view kind : {"SecretProviderClass", "ExternalSecret", "SealedSecret", "Certificate"}) {
    for (const Object* object : context.of_kind(kind)) {
      if (std::find(namespaces.begin(), namespaces.end(), object->namespace_) == namespaces.end()) {
        namespaces.push_back(object->namespace_);
      }
    }
  }
  for (const std::string_view namespace_ : namespaces) {
    for (const std::string& name : known_secrets(context.objects(), namespace_))
      check_secret(context, namespace_, name);
  }
}

}  // namespace

extern const Rule rule{
    .name = "secret-owner-conflict",
    .category = Category::secrets,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-503",
    .summary = "Two objects make the Secret of one name",
    .remedy = "Give one of them another name, or remove it.",
    .documentation = R"(## What it does
Finds Secrets that are rendered and also made by a SecretProviderClass, an ExternalSecret, a SealedSecret or a
Certificate, or by two of those. An ExternalSecret that merges into a Secret is no owner.

## Why
Each of them writes its own content over that of the other, or refuses to touch a Secret that is not its own. What the
pods get is a matter of time.

## Example
```yaml
# wrong
kind: Secret
metadata:
  name: tms-odoo-secrets
---
kind: SecretProviderClass
spec:
  secretObjects:
    - secretName: tms-odoo-secrets
```
```yaml
# right: the class alone makes the Secret
kind: SecretProviderClass
spec:
  secretObjects:
    - secretName: tms-odoo-secrets
```
)",
    .check = check,
};

}  // namespace rhumb::lint::secret_owner_conflict

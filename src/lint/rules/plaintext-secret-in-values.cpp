#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lint/context.h"
#include "lint/support/credentials.h"
#include "lint/support/object_credentials.h"
#include "lint/support/written.h"
#include "rhumb/base/base64.h"
#include "rhumb/base/stack.h"

namespace rhumb::lint::plaintext_secret_in_values {
namespace {

/// Credentials of values files that are rendered, which plaintext-secret reports at the same place, with the object.
class Rendered {
 public:
  explicit Rendered(const Context& context) : context_(context) {}

  bool has(Span place) {
    if (!known_) read();
    return std::any_of(found_.begin(), found_.end(), [&](Span each) {
      return each.begin < place.end && place.begin < each.end && same_file(each, place);
    });
  }

 private:
  /// A file of the environment is read for the rendering and for the rules: twice.
  bool same_file(Span a, Span b) const {
    const Sources& sources = context_.run().rendering->sources();
    return sources.get(a.file).name() == sources.get(b.file).name();
  }

  void read() {
    known_ = true;
    if (!context_.is_on("plaintext-secret")) return;
    for (const Object& object : context_.objects().all()) {
      if (object.role == manifest::Role::crd) continue;
      for (const ObjectCredential& each : credentials_of(object)) {
        if (each.credential.is_placeholder || !is_written_down(context_.run(), object, each)) continue;
        const Span place = value_behind(context_.run(), object, each);
        if (place.known()) found_.push_back(place);
      }
    }
  }

  const Context& context_;
  bool known_ = false;
  std::vector<Span> found_;
};

class FileWalk {
 public:
  FileWalk(Context& context, const ValuesFile& file, Rendered& rendered)
      : context_(context), file_(file), rendered_(rendered) {}

  void walk(Node node, std::string_view name) {
    check_stack("looking for credentials");
    if (node.is_map()) return walk_map(node);
    if (node.is_list()) {
      for (const Node item : node) walk(item, name);
    } else if (node.is_scalar()) {
      for (const Credential& credential : find_credentials(name, node.scalar_text(), sink_)) report(node, credential);
    }
  }

 private:
  /// {name: DB_PASSWORD, value: ...}: an environment variable.
  void walk_map(Node map) {
    const bool is_pair = map["name"].is_string() && map["value"].is_scalar();
    for (const Node entry : map) {
      if (entry.key() == "data" && map["kind"].text() == "Secret") {
        walk_data(entry);
        continue;
      }
      const bool is_value = is_pair && entry.key() == "value";
      sink_ = is_value ? Sink::assignment : Sink::field;
      walk(entry, is_value ? map["name"].text() : entry.key());
      sink_ = Sink::field;
    }
  }

  /// Of a Secret that stands in the values as a whole.
  void walk_data(Node data) {
    if (!data.is_map()) return;
    for (const Node entry : data) {
      const std::string value = decode_base64(entry.scalar_text()).value_or("");
      for (const Credential& credential : find_credentials(entry.key(), value, Sink::secret)) report(entry, credential);
    }
  }

  void report(Node node, const Credential& credential) {
    const Span place = place_of(node, credential);
    if (credential.is_placeholder || rendered_.has(place)) return;
    const std::string path = node.path().substr(1);
    const bool is_whole = credential.text == node.scalar_text() && credential.what.starts_with("the value of");
    context_
        .report_span(place, fmt::format("{} holds {} in plain text: {}", path,
                                        is_whole ? "a credential" : credential.what, masked(credential.text)))
        .path(path)
        .key(credential.what)
        .sensitive();
  }

  /// Of a longer text the part alone, as long as it is one line.
  Span place_of(Node node, const Credential& credential) const {
    const Span whole{file_.source, node.node()->begin, node.node()->end};
    const bool is_whole = credential.size == node.scalar_text().size();
    if (is_whole || credential.text.find('\n') != std::string::npos) return whole;
    const auto part = find_written(file_.text.substr(whole.begin, whole.end - whole.begin), node.scalar_text(),
                                   {credential.begin, credential.size});
    if (!part) return whole;
    const auto begin = static_cast<std::uint32_t>(whole.begin + part->begin);
    return {whole.file, begin, static_cast<std::uint32_t>(begin + part->size)};
  }

  Context& context_;
  const ValuesFile& file_;
  Rendered& rendered_;
  Sink sink_ = Sink::field;
};

/// Entries of `set` in rhumb.yaml: "tmsOdoo.password=...".
void check_flags(Context& context, const std::vector<std::string>& flags) {
  for (const std::string& flag : flags) {
    const std::size_t equal = flag.find('=');
    if (equal == std::string::npos) continue;
    const std::string path = flag.substr(0, equal);
    for (const Credential& credential : find_credentials(path, flag.substr(equal + 1), Sink::field)) {
      if (credential.is_placeholder) continue;
      context
          .report_span(context.environment().span,
                       fmt::format("set {} holds a credential in plain text: {}", path, masked(credential.text)))
          .path(path)
          .key(credential.what)
          .sensitive();
    }
  }
}

void check(Context& context) {
  Rendered rendered(context);
  for (const ValuesFile& file : context.run().values_files) {
    if (file.tree == nullptr || !file.tree->root()) continue;
    context.applies();
    FileWalk(context, file, rendered).walk(file.tree->root(), "");
  }
  check_flags(context, context.environment().set);
  check_flags(context, context.environment().set_string);
}

}  // namespace

extern const Rule rule{
    .name = "plaintext-secret-in-values",
    .category = Category::secrets,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "REQ-1-503",
    .summary = "A values file holds a credential in plain text",
    .remedy =
        "Put the credential into a secret store and its reference (an ARN, the name of a Secret) into the values. Then "
        "replace the credential, since the repository's history keeps it.",
    .documentation = R"(## What it does
Looks for credentials in the values files of the environment, in the `values.yaml` of the chart and its sub-charts and
in the `set` of rhumb.yaml, as `plaintext-secret` does in objects: tokens of known form, private keys, addresses with
passwords, values that look like a credential under names such as `password` or `apiKey`. Keys count whether a template
reads them or not. One that is rendered in the environment is reported by `plaintext-secret`, with the object that
holds it, and not here again.

Empty values, placeholders, references, paths and names of Secrets are none.

## Why
Values files are committed. The credential stays in the history even when the line is gone.

## Example
```yaml
# wrong
database:
  password: correct-horse-battery-staple
```
```yaml
# right
database:
  secretArn: arn:aws:secretsmanager:ap-south-1:123456789012:secret:tms/db-AbCdEf
```
)",
    .check = check,
};

}  // namespace rhumb::lint::plaintext_secret_in_values

// The credentials that an object holds in plain text: in the data of a Secret or ConfigMap, in the environment and the
// arguments of containers, in annotations, in any field of another object.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "lint/context.h"
#include "lint/support/credentials.h"

namespace rhumb::lint {

struct ObjectCredential {
  Node node;
  /// "the environment variable DB_PASSWORD", "the ConfigMap"
  std::string where;
  /// Its place is one within the node's value, unless that is in base 64.
  Credential credential;
  bool in_base64 = false;
};

std::vector<ObjectCredential> credentials_of(const Object& object);

/// Whether the credential is written down in a template, a values file or the configuration. What a flag of the command
/// line brought, what was made at random or looked up in the cluster is not.
bool is_written_down(const Run& run, const Object& object, const ObjectCredential& found);

/// The credential where a value that flowed into the node holds it; unknown where none does.
Span value_behind(const Run& run, const Object& object, const ObjectCredential& found);

/// Reports credentials where they stand, masked. A value may flow into several objects: it is one credential, to be
/// taken out at one place.
class CredentialReports {
 public:
  explicit CredentialReports(Context& context) : context_(context) {}

  void add(const Object& object, const ObjectCredential& found, std::string message);

 private:
  using Key = std::tuple<FileId, std::uint32_t, std::string>;

  DraftRef report(const Object& object, const ObjectCredential& found, std::string message);

  Context& context_;
  std::map<Key, DraftRef> by_value_;
};

}  // namespace rhumb::lint

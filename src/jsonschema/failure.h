// Unwinds the compiler or the validator; caught in validate().
#pragma once

#include <string>

namespace rhumb::jsonschema {

/// Why a schema cannot be used, in the library's words.
struct Failure {
  std::string message;
};

/// A panic of the library, which Helm recovers from.
struct Panic {
  std::string message;
};

/// Of a method on a number that could not be read.
inline Panic nil_dereference() { return Panic{"runtime error: invalid memory address or nil pointer dereference"}; }

}  // namespace rhumb::jsonschema

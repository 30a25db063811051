// Numbers as golang.org/x/text prints them in English: "2,000", "0.5", "1.5×10⁰⁶".
#pragma once

#include <cstdint>
#include <string>

namespace rhumb::jsonschema {

/// As %d of a message.Printer.
std::string english(std::int64_t value);
/// As %v of a message.Printer.
std::string english(double value);

}  // namespace rhumb::jsonschema

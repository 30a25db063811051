// Text of unknown origin on its way into a language with rules of its own. Invalid UTF-8 becomes U+FFFD everywhere.
#pragma once

#include <string>
#include <string_view>

namespace rhumb::report {

/// For a terminal, a log and everything that people read: what does not print, line breaks and direction marks
/// included, as "\n", "\x1b", "\u202e"; an invalid byte as "\xff". Backslashes stay.
std::string printable(std::string_view text);

/// Between tags, and in double quotes. What XML 1.0 forbids becomes U+FFFD.
std::string xml(std::string_view text);
/// Between tags only: line breaks stay as they are.
std::string xml_lines(std::string_view text);

/// The message of a workflow command of GitHub Actions, and the value of one of its properties.
std::string github_message(std::string_view text);
std::string github_property(std::string_view text);

/// One line of plain text in Markdown, in a table cell too: no markup, no HTML, no mention.
std::string markdown(std::string_view text);
/// The same as a span of code.
std::string markdown_code(std::string_view text);
/// One line within HTML within Markdown.
std::string markdown_html(std::string_view text);
/// A fenced block of lines; one line break at the end is left out.
std::string markdown_block(std::string_view text);

/// A path as (part of) a URI: everything but slashes and what RFC 3986 calls unreserved is percent-encoded.
std::string uri_path(std::string_view path);

}  // namespace rhumb::report

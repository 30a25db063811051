#include "report/redactor.h"

#include <algorithm>

#include "rhumb/base/mask.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/utf8.h"

namespace rhumb::report {
namespace {

/// Shorter ones are words like "admin", which stand in many harmless places.
constexpr std::size_t shortest_literal = 8;

std::string_view bytes(const SourceText& source, std::uint32_t begin, std::uint32_t end) {
  const std::string_view text = source.text();
  const std::size_t from = std::min<std::size_t>(begin, text.size());
  return text.substr(from, std::max<std::size_t>(end, from) - from);  // past the end: up to it
}

/// Bytes of the characters that stay readable.
std::size_t shown_bytes(std::string_view secret) {
  std::size_t at = 0;
  for (std::size_t left = shown_of_secret(utf8::rune_count(secret)); left > 0; --left) {
    at += utf8::decode(secret.substr(at)).width;
  }
  return at;
}

std::vector<Range> merged(std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
  std::vector<Range> out;
  for (const Range& range : ranges) {
    if (!out.empty() && range.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, range.end);
    } else {
      out.push_back(range);
    }
  }
  return out;
}

}  // namespace

Redactor::Redactor(const lint::Outcome& outcome, const Sources& sources) : sources_(sources) {
  for (const Span& span : outcome.sensitive) add(span);
  for (const lint::Finding& finding : outcome.findings) {
    for (const Span& span : finding.sensitive) add(span);
  }
  for (auto& [file, ranges] : ranges_) ranges = merged(std::move(ranges));
}

void Redactor::add(const Span& span) {
  if (!span.known()) return;
  const std::string_view text = bytes(sources_.get(span.file), span.begin, span.end);
  std::size_t begin = 0;
  for (bool first = true; begin < text.size(); first = false) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    add_line(span.file, {static_cast<std::uint32_t>(span.begin + begin), static_cast<std::uint32_t>(span.begin + end)},
             first);
    begin = end + 1;
  }
}

// Only the first line shows its start: of a private key every line would give some away.
void Redactor::add_line(FileId file, Range line, bool first) {
  std::string_view text = bytes(sources_.get(file), line.begin, line.end);
  const std::string_view right = strings::trim_right(text, " \t\r\"'");
  const std::string_view secret = strings::trim_left(right, " \t\"'");
  if (secret.empty()) return;
  line.begin += static_cast<std::uint32_t>(right.size() - secret.size());
  line.end = line.begin + static_cast<std::uint32_t>(secret.size());
  if (secret.size() >= shortest_literal && !is_name_of_credentials(secret)) {
    literals_.emplace(secret);
    longest_literal_ = std::max(longest_literal_, static_cast<std::uint32_t>(secret.size()));
  }
  if (first) line.begin += static_cast<std::uint32_t>(shown_bytes(secret));
  ranges_[file].push_back(line);
}

void Redactor::add_literals(std::string_view text, std::uint32_t base, std::vector<Range>& found) const {
  for (const std::string& literal : literals_) {
    const auto shown = static_cast<std::uint32_t>(shown_bytes(literal));
    for (std::size_t at = text.find(literal); at != std::string_view::npos; at = text.find(literal, at + 1)) {
      const auto begin = static_cast<std::uint32_t>(base + at);
      found.push_back({begin + shown, begin + static_cast<std::uint32_t>(literal.size())});
    }
  }
}

std::vector<Range> Redactor::hidden(FileId file, std::uint32_t begin, std::uint32_t end) const {
  std::vector<Range> found;
  if (const auto ranges = ranges_.find(file); ranges != ranges_.end()) found = ranges->second;
  if (!literals_.empty()) {
    // One that reaches over an end of the text shows a part of itself in it.
    const std::uint32_t from = begin - std::min(begin, longest_literal_);
    add_literals(bytes(sources_.get(file), from, end + longest_literal_), from, found);
  }
  std::vector<Range> clipped;
  for (const Range& range : merged(std::move(found))) {
    if (range.begin < end && range.end > begin) {
      clipped.push_back({std::max(range.begin, begin), std::min(range.end, end)});
    }
  }
  return clipped;
}

std::string Redactor::source(FileId file, std::uint32_t begin, std::uint32_t end) const {
  const SourceText& source = sources_.get(file);
  std::string out;
  std::uint32_t at = begin;
  for (const Range& range : hidden(file, begin, end)) {
    out += bytes(source, at, range.begin);
    out.append(utf8::rune_count(bytes(source, range.begin, range.end)), '*');
    at = range.end;
  }
  return out.append(bytes(source, at, end));
}

std::string Redactor::text(std::string_view text) const {
  std::vector<Range> found;
  add_literals(text, 0, found);
  std::string out;
  std::size_t at = 0;
  for (const Range& range : merged(std::move(found))) {
    out += text.substr(at, range.begin - at);
    out.append(utf8::rune_count(text.substr(range.begin, range.end - range.begin)), '*');
    at = range.end;
  }
  return out.append(text.substr(at));
}

}  // namespace rhumb::report

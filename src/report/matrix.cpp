#include "report/matrix.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "report/escape.h"
#include "report/excerpt.h"
#include "rhumb/base/strings.h"

namespace rhumb::report {
namespace {

using State = lint::RequirementState;

struct ChartOutcome {
  std::string chart;
  std::vector<const lint::EnvironmentOutcome*> environments;
};

std::vector<ChartOutcome> by_chart(const lint::Outcome& outcome) {
  std::vector<ChartOutcome> charts;
  for (const lint::EnvironmentOutcome& environment : outcome.environments) {
    auto found = std::find_if(charts.begin(), charts.end(),
                              [&](const ChartOutcome& chart) { return chart.chart == environment.chart; });
    if (found == charts.end()) found = charts.insert(found, {environment.chart, {}});
    found->environments.push_back(&environment);
  }
  return charts;
}

std::string broken_by(const View& view, const std::vector<const State*>& states) {
  std::vector<std::string> parts;
  for (const auto& [rule, count] : breaking_rules(view, states)) parts.push_back(fmt::format("{} ({})", rule, count));
  return strings::join(parts, ", ");
}

Matrix matrix_of(const View& view, const ChartOutcome& chart) {
  Matrix matrix{view.file(chart.chart).path, {}, {}};
  std::set<std::string_view> requirements;
  for (const lint::EnvironmentOutcome* environment : chart.environments) {
    matrix.environments.push_back(environment->environment.empty() ? "defaults" : environment->environment);
    for (const auto& [requirement, state] : environment->requirements) requirements.insert(requirement);
  }
  for (const std::string_view requirement : requirements) {
    Matrix::Row row{std::string(requirement), {}, {}};
    for (const lint::EnvironmentOutcome* environment : chart.environments) {
      const auto state = environment->requirements.find(row.requirement);
      row.states.push_back(state == environment->requirements.end() ? nullptr : &state->second);
    }
    row.broken_by = broken_by(view, row.states);
    matrix.rows.push_back(std::move(row));
  }
  return matrix;
}

std::string_view cell(const State* state) {
  if (state == nullptr || state->kind == State::Kind::not_applicable) return "-";
  return state_name(state->kind);
}

std::string_view cell_style(const State* state) {
  if (state == nullptr || state->kind == State::Kind::not_applicable) return "2";
  return state->kind == State::Kind::met ? "32" : "1;31";
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t own = display_width(text);
  return std::string(text) + std::string(own < width ? width - own : 0, ' ');
}

/// A table of columns that two blanks part. Styles come last: they take no room.
class TextTable {
 public:
  TextTable(const Matrix& matrix, bool color) : matrix_(matrix), color_(color) {
    widths_.push_back(display_width(std::string_view("requirement")));
    for (const Matrix::Row& row : matrix.rows)
      widths_[0] = std::max(widths_[0], display_width(printable(row.requirement)));
    for (const std::string& name : matrix.environments) {
      widths_.push_back(std::max<std::size_t>(display_width(printable(name)), 6));
    }
  }

  std::string write() const {
    std::string out = painted("1", printable(matrix_.chart)) + "\n" + head();
    for (const Matrix::Row& row : matrix_.rows) out += line(row);
    return out + verdict();
  }

 private:
  std::string painted(std::string_view style, std::string_view text) const {
    return color_ ? fmt::format("\x1b[{}m{}\x1b[0m", style, text) : std::string(text);
  }

  std::string head() const {
    std::string out = "  " + padded("requirement", widths_[0]);
    for (std::size_t i = 0; i < matrix_.environments.size(); ++i) {
      out += "  " + padded(printable(matrix_.environments[i]), widths_[i + 1]);
    }
    return std::string(strings::trim_right(out, " ")) + "\n";
  }

  std::string line(const Matrix::Row& row) const {
    std::string out = "  " + padded(printable(row.requirement), widths_[0]);
    for (std::size_t i = 0; i < row.states.size(); ++i) {
      const std::string_view text = cell(row.states[i]);
      out += "  " + painted(cell_style(row.states[i]), text) + padded("", widths_[i + 1] - text.size());
    }
    if (!row.broken_by.empty()) out += "  " + printable(row.broken_by);
    return std::string(strings::trim_right(out, " ")) + "\n";
  }

  std::string verdict() const {
    std::size_t broken = 0;
    std::size_t met = 0;
    for (const Matrix::Row& row : matrix_.rows) {
      const auto is = [&row](State::Kind kind) {
        return std::any_of(row.states.begin(), row.states.end(),
                           [kind](const State* state) { return state != nullptr && state->kind == kind; });
      };
      if (is(State::Kind::broken)) {
        ++broken;
      } else if (is(State::Kind::met)) {
        ++met;
      }
    }
    return fmt::format("  {} met, {} broken, {} not applicable\n", met, broken, matrix_.rows.size() - met - broken);
  }

  const Matrix& matrix_;
  bool color_;
  std::vector<std::size_t> widths_;
};

}  // namespace

std::string_view state_name(State::Kind kind) {
  switch (kind) {
    case State::Kind::not_applicable: return "not applicable";
    case State::Kind::met: return "met";
    case State::Kind::broken: return "broken";
  }
  return {};
}

std::map<std::string_view, std::size_t> breaking_rules(const View& view, const std::vector<const State*>& states) {
  std::set<std::size_t> indexes;
  for (const State* state : states) {
    if (state != nullptr && state->kind == State::Kind::broken) {
      indexes.insert(state->findings.begin(), state->findings.end());
    }
  }
  std::map<std::string_view, std::size_t> rules;
  for (const std::size_t index : indexes) {
    if (index < view.outcome().findings.size()) ++rules[rule_name(view.outcome().findings[index])];
  }
  return rules;
}

std::vector<Matrix> matrices(const View& view) {
  std::vector<Matrix> out;
  for (const ChartOutcome& chart : by_chart(view.outcome())) {
    if (Matrix matrix = matrix_of(view, chart); !matrix.rows.empty()) out.push_back(std::move(matrix));
  }
  return out;
}

std::string requirement_matrix(const lint::Outcome& outcome, const Sources& sources, const Options& options) {
  const View view(outcome, sources, options);
  std::string out;
  for (const Matrix& matrix : matrices(view)) {
    if (!out.empty()) out += '\n';
    out += TextTable(matrix, options.color).write();
  }
  if (out.empty()) return "no requirements apply";
  out.pop_back();
  return out;
}

}  // namespace rhumb::report

package main

import (
	"fmt"
	"math/big"

	"k8s.io/apimachinery/pkg/api/resource"
)

var numbers = []string{
	"0", "1", "-1", "+1", "00", "007", "-0", "0.5", ".5", "5.", "1.5", "-1.5", "-.5", "0.1", "1000", "1024", "1000000", "0.0001", "-0.0001",
	"123456789012345678", "1234567890123456789", "9223372036854775807", "9223372036854775808", "12345678901234567890123", "0.123456789", "0.1234567891",
	"-0.1234567891", "1.0000000001", "999999999.9999999999", "0.000", "10.50", "", "+", "-", ".", "-.", "99999999999", "100000000000", "12345678", "123456789",
	"12345", "123456", "12", "123", "-10.5",
}

var suffixes = []string{
	"", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e0", "e3", "E3", "e-3", "E-10", "e+6", "e-9", "e-10", "e18", "e19", "e40",
}

var odd = []string{
	" 1", "1 ", "1 Mi", "1MB", "1MiB", "1KB", "1K", "1mi", "1ki", "1i", "1e", "1e3.5", "1m5", "1.2.3", "..", "--1", "+-1", "1-", "1e--3", "1ee3", "1e3k", "1kk", "1e99999999999999999999",
	"1e4294967296", "1e4294967299", "1e-4294967296", "1e03", "1E+03", "abc", "0x10", "1_000", "1,5", "½", "1\x00", "NaN", "Inf", "1eE", "1Mi5", "1Mi-5", "1n1", "50%", "\t1", "1\n", "500MI",
	"0.5Mi", "1.1Mi", "0.1Mi", "0.0000001Ki", "-0.0001Ki", "0.3m", "0.0000001m", "7.99Ei", "8Ei", "-8Ei", "9Ei", "-16Ei", "1000000000000Ti", "0.5n", "-0.5n", "1.5n", "1.00000000000000000000Gi",
	"000000000000000000000000000000001", "0.00000000000000000000000001", "9223372036854775.807", "9223372036854775.808", "9223372036854775807m", "9223372036854775808m", "4.5", "1e1e1", "1.e3", ".e3", "e3", "e", "E", "m", "Ki", "1k1", "1E1", "1EE",
}

// What is compared with each other: everything here with everything here.
var compared = []string{
	"0", "-0", "1", "1000m", "1001m", "999m", "1k", "1000", "1Ki", "1024", "1.024k", "1e3", "1M", "1Mi", "1Gi", "1G", "0.5Gi", "512Mi", "512M", "-1", "-1Ki", "-1k", "1n", "0.1n", "2n",
	"1.1Gi", "1181116006.4", "1181116007", "8Ei", "9223372036854775807", "9223372036854775808", "9E", "10E", "12345678901234567890123", "12345678901234567890124", "1e40", "1e20", "100E", "0.1", "100m", "100000u", "0.10000000001", "-0.1", "-12345678901234567890123",
}

func quantities(t table) {
	texts := append([]string(nil), odd...)
	for _, number := range numbers {
		for _, suffix := range suffixes {
			texts = append(texts, number+suffix)
		}
	}
	for _, text := range texts {
		quantity, err := resource.ParseQuantity(text)
		if err != nil {
			t.line("parse", text, "error: "+err.Error())
			continue
		}
		t.line("parse", text, nano(quantity))
		t.line("value", text, scaled(quantity, 0, quantity.Value()))
		t.line("milli", text, scaled(quantity, 3, quantity.MilliValue()))
	}
	for _, a := range compared {
		for _, b := range compared {
			left := resource.MustParse(a)
			t.line("compare", a, b, fmt.Sprint(left.Cmp(resource.MustParse(b))))
		}
	}
}

// The exact amount in nano units.
func nano(quantity resource.Quantity) string {
	return units(quantity, 9).String()
}

// The amount times a power of ten, towards zero.
func units(quantity resource.Quantity, places int) *big.Int {
	amount := quantity.AsDec()
	text := new(big.Int).Set(amount.UnscaledBig())
	shift := int64(places) - int64(amount.Scale())
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(max(shift, -shift)), nil)
	if shift < 0 {
		return text.Quo(text, power)
	}
	return text.Mul(text, power)
}

// What Go answers, or "overflow" where that is not the amount, or not near it.
func scaled(quantity resource.Quantity, places int, answer int64) string {
	exact := units(quantity, places)
	distance := new(big.Int).Sub(big.NewInt(answer), exact)
	if distance.CmpAbs(big.NewInt(1)) > 0 {
		return "overflow"
	}
	return fmt.Sprint(answer)
}

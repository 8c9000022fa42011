/* Turns the signs of one number into its value: digits of any script, Roman,
 * Han and Arabic numerals, letters of an alphabet, words. */
#ifndef CLAUSIER_NUMERAL_H
#define CLAUSIER_NUMERAL_H

#include "buf.h"

/* What is greater is no number of a clause. */
enum { NUMERAL_MAX = 99999 };

enum { LETTERS_MAX = 192 };

/* How the labels of a rule follow one another. */
enum count {
    COUNT_NONE, /* bullets: every label is like the one before */
    COUNT_DECIMAL,
    COUNT_ALPHA,
    COUNT_ROMAN,
    COUNT_HAN,
    COUNT_CIRCLED,
    COUNT_IROHA,
    COUNT_COUNT
};

/* A word that is a label: "premier" is 1. */
struct numeral_word {
    struct span word;
    enum count count; /* as which it counts */
    unsigned value;
};

/* What a language labels with besides digits. NULL stands for none of it. */
struct numerals {
    int32_t
        letters[LETTERS_MAX]; /* code points in order, "|" between alphabets */
    size_t letter_count;
    struct numeral_word *words;
    size_t word_count;
};

/* The value of a digit of any script, of a Han one; -1 for another character. */
int numeral_digit(int32_t c);
int numeral_han_digit(int32_t c);

/* The value of a text, from 1 on; 0 where it is no such numeral. */
unsigned numeral_roman(struct span text);
unsigned numeral_circled(struct span text);
/* A kana of the order that the old poem has. */
unsigned numeral_iroha(struct span text);
/* An Arabic letter of the abjad order. */
unsigned numeral_abjad(struct span text);
/* A letter of `numerals`, or an Arabic one. */
unsigned numeral_alpha(struct span text, const struct numerals *numerals);
/* A word of `numerals` that counts so, in whatever case. */
unsigned numeral_word(struct span word, enum count count,
                      const struct numerals *numerals);

/* The value of the first Han numeral in a text, of the first Roman one that is a
 * single character; 0 where there is none. */
unsigned numeral_han(struct span text);
unsigned numeral_stem(struct span text);
unsigned numeral_of_sign(struct span text);

/* "IV" for the one character "Ⅳ", or NULL. */
const char *numeral_roman_sign(int32_t c);
/* ① to ㊿. */
bool numeral_is_circled(int32_t c);
/* U+3220 to U+3229: Chinese texts number so what others number (i). */
bool numeral_is_bracketed_han(int32_t c);
/* The Latin letter that the Cyrillic letter `c` looks like, or 0: people type
 * one for the other. */
char numeral_latin(int32_t c);
/* The ASCII letter of a full-width one, the kana of a half-width one; others
 * stay. */
int32_t numeral_narrow(int32_t c);

/* "iv" for 4; below 40. */
void numeral_write_roman(struct buf *out, unsigned value);

#endif

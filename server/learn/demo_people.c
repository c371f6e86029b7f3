/*
 * demo_people.c: who works in Alder County. Nobody here exists.
 */
#include "demo_priv.h"

#include "ct/base/banned.h"

#define PR "prosecutor"
#define CW "caseworker"
#define VA "advocate"
#define LE "law-enforcement"
#define JJ "juvenile-justice"
#define DA "defense-attorney"
#define CA "civil-attorney"
#define GL "guardian"
#define IA "immigration-attorney"
#define HP "health"
#define JU "judge"

/* name, address, discipline, earlier discipline, roles, level, days, slips, shown as, left */
const struct ct_demo_person ct_demo_people[] = {
    {"Ruth Achterberg", "ruth.achterberg", NULL, NULL, CT_ROLE_ADMIN, CT_DEMO_SIGNED_IN, 90, 0,
     "administrator", false},
    {"Miriam Castañeda", "miriam.castaneda", CW, NULL, CT_ROLE_MANAGER, CT_DEMO_DONE, 84, 0,
     "manager", false},
    {"Tomás Herrera", "tomas.herrera", VA, NULL, CT_ROLE_TRAINER, CT_DEMO_DONE, 88, 0, "trainer",
     false},
    {"Priya Raghunathan", "priya.raghunathan", PR, NULL, 0, CT_DEMO_HALF, 40, 1, "prosecutor",
     false},
    {"Denise Okafor", "denise.okafor", CW, NULL, 0, CT_DEMO_NEARLY, 52, 1, "caseworker", false},
    {"Lucía Fernández", "lucia.fernandez", VA, NULL, 0, CT_DEMO_DONE, 60, 0, "advocate", false},
    {"Marcus Whitfield", "marcus.whitfield", LE, NULL, 0, CT_DEMO_INVITED, 12, 0, "law enforcement",
     false},
    {"Aiyana Begay", "aiyana.begay", HP, NULL, 0, CT_DEMO_STARTED, 20, 0, "health professional",
     false},
    {"Harold Lindqvist", "harold.lindqvist", JU, NULL, 0, CT_DEMO_HALF, 33, 0, "judge", false},

    {"Daniel Osei", "daniel.osei", PR, NULL, 0, CT_DEMO_DONE, 70, 0, NULL, false},
    {"Katarzyna Wójcik", "katarzyna.wojcik", PR, NULL, 0, CT_DEMO_DONE, 65, 1, NULL, false},
    {"William Tran", "william.tran", PR, NULL, 0, CT_DEMO_NEARLY, 45, 2, NULL, false},
    {"Grace Adeyemi", "grace.adeyemi", PR, NULL, CT_ROLE_TRAINER, CT_DEMO_DONE, 80, 0, NULL, false},
    {"Peter Novák", "peter.novak", PR, NULL, 0, CT_DEMO_STARTED, 15, 0, NULL, false},
    {"Sofia Lindgren", "sofia.lindgren", PR, NULL, 0, CT_DEMO_INVITED, 9, 0, NULL, false},

    {"Tanya Brooks", "tanya.brooks", CW, NULL, 0, CT_DEMO_DONE, 75, 0, NULL, false},
    {"José Luis Peña", "jose.pena", CW, NULL, 0, CT_DEMO_DONE, 58, 2, NULL, false},
    {"Hannah Goldberg", "hannah.goldberg", CW, NULL, 0, CT_DEMO_HALF, 36, 0, NULL, false},
    {"Nguyễn Thị Hoa", "nguyen.hoa", CW, NULL, 0, CT_DEMO_HALF, 30, 1, NULL, false},
    {"Carl Jensen", "carl.jensen", CW, NULL, 0, CT_DEMO_STARTED, 22, 0, NULL, false},
    {"Ebony Marshall", "ebony.marshall", CW, NULL, 0, CT_DEMO_SIGNED_IN, 14, 0, NULL, false},
    {"Olivia Petrov", "olivia.petrov", CW, NULL, 0, CT_DEMO_INVITED, 7, 0, NULL, false},
    {"Samuel Reyes", "samuel.reyes", CW, NULL, 0, CT_DEMO_HALF, 85, 0, NULL, true},

    {"Amara Nwosu", "amara.nwosu", VA, CW, 0, CT_DEMO_NEARLY, 77, 0, NULL, false},
    {"Chloé Dubois", "chloe.dubois", VA, NULL, 0, CT_DEMO_DONE, 62, 1, NULL, false},
    {"Rosa Delgado", "rosa.delgado", VA, NULL, 0, CT_DEMO_HALF, 28, 0, NULL, false},
    {"Jamal Thompson", "jamal.thompson", VA, NULL, 0, CT_DEMO_INVITED, 5, 0, NULL, false},

    {"Kevin O'Rourke", "kevin.orourke", LE, NULL, 0, CT_DEMO_HALF, 41, 1, NULL, false},
    {"Angela Ruiz", "angela.ruiz", LE, NULL, 0, CT_DEMO_DONE, 66, 0, NULL, false},
    {"Björn Sæther", "bjorn.saether", LE, NULL, 0, CT_DEMO_SIGNED_IN, 18, 0, NULL, false},
    {"Latoya Simmons", "latoya.simmons", JJ, NULL, 0, CT_DEMO_NEARLY, 48, 0, NULL, false},
    {"Andrew Kim", "andrew.kim", JJ, NULL, 0, CT_DEMO_STARTED, 25, 0, NULL, false},
    {"Fatima El-Amin", "fatima.elamin", DA, NULL, 0, CT_DEMO_HALF, 37, 0, NULL, false},
    {"George Papadopoulos", "george.papadopoulos", DA, NULL, 0, CT_DEMO_INVITED, 11, 0, NULL,
     false},
    {"Ingrid Møller", "ingrid.moller", CA, NULL, 0, CT_DEMO_STARTED, 19, 0, NULL, false},
    {"Eleanor Fitzgerald", "eleanor.fitzgerald", GL, NULL, 0, CT_DEMO_DONE, 700, 0, NULL, false},
    {"Dwayne Carter", "dwayne.carter", GL, NULL, 0, CT_DEMO_HALF, 27, 1, NULL, false},
    {"Xiomara Vásquez", "xiomara.vasquez", IA, NULL, 0, CT_DEMO_NEARLY, 44, 0, NULL, false},
    {"Naomi Sato", "naomi.sato", HP, NULL, 0, CT_DEMO_DONE, 50, 0, NULL, false},
    {"Şebnem Yıldız", "sebnem.yildiz", HP, NULL, 0, CT_DEMO_HALF, 31, 0, NULL, false},
    {"Beatrice Holloway", "beatrice.holloway", JU, NULL, 0, CT_DEMO_INVITED, 6, 0, NULL, false},
};
const size_t ct_demo_n_people = sizeof ct_demo_people / sizeof ct_demo_people[0];

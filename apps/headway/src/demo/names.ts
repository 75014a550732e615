/** Common given and family names of one tongue, as its speakers write them in Latin letters. */
export type Tongue = { readonly given: readonly string[]; readonly family: readonly string[] };

const tongue = (given: string, family: string): Tongue => ({ given: given.split(" "), family: family.split(" ") });

/** Who drives a metro in a large city: everybody. */
export const tongues: readonly Tongue[] = [
  tongue(
    "Alice Amelia Daniel Emma George Grace Harry Jack James Lily Olivia Oscar Ruth Samuel Thomas William",
    "Baker Bennett Brown Clarke Cooper Evans Hughes Johnson Parker Reed Smith Taylor Turner Walker Ward Young",
  ),
  tongue(
    "Adrián Alejandro Carmen Diego Elena Javier José Lucía Luis María Mateo Paula Pilar Raúl Sofía Valeria",
    "Castillo Fernández Flores García Gómez Herrera López Martínez Morales Muñoz Ortega Pérez Ramírez Ríos Torres Vargas",
  ),
  tongue(
    "Ahmed Amina Fatima Hamza Hassan Ibrahim Karim Khalid Layla Mariam Nadia Omar Samir Salma Yusuf Zainab",
    "Abdallah Aziz Darwish Farouk Haddad Hamdan Hussein Khalil Mansour Nasser Qasim Rahman Saleh Shaheen Tahir Younes",
  ),
  tongue(
    "Aarav Ananya Anil Deepa Divya Kavita Kiran Lakshmi Meera Nikhil Priya Rahul Rohan Sanjay Sunita Vikram",
    "Banerjee Bhat Chopra Das Gupta Iyer Joshi Kapoor Kumar Mehta Nair Patel Rao Reddy Sharma Singh",
  ),
  tongue(
    "Bo Fang Hui Jian Jing Lei Li Mei Min Ping Qiang Tao Wei Xin Yan Ying",
    "Chen Deng Feng Gao Guo He Huang Lin Liu Sun Wang Wu Xu Yang Zhang Zhao",
  ),
  tongue(
    "Aiko Akira Daichi Emi Haruto Hiroshi Kaori Kenji Mai Naoko Ren Sakura Satoshi Takumi Yui Yuki",
    "Fujita Hayashi Inoue Ito Kato Kimura Kobayashi Matsumoto Mori Nakamura Saito Sasaki Sato Suzuki Tanaka Yamamoto",
  ),
  tongue(
    "Bao Chau Dung Hanh Hoa Huy Khanh Lan Linh Long Mai Minh Nam Phuong Thao Tuan",
    "Bùi Dang Đỗ Dương Hồ Hoàng Huỳnh Lê Lý Ngô Nguyễn Phạm Phan Trần Trịnh Võ",
  ),
  tongue(
    "Chidi Chioma Emeka Funmi Ifeoma Kelechi Kunle Ngozi Nneka Obinna Segun Temitope Tunde Uche Yemi Zainab",
    "Abiola Adebayo Adeyemi Afolabi Balogun Chukwu Eze Ibe Nwosu Obi Ogunleye Okafor Okeke Okonkwo Olawale Uzor",
  ),
  tongue(
    "Abebe Almaz Bekele Dawit Eden Genet Hanna Kebede Marta Mulu Selam Solomon Tesfaye Tigist Yared Yonas",
    "Alemu Asfaw Assefa Ayele Bekele Demissie Desta Gebre Girma Haile Lemma Mekonnen Negash Tadesse Wolde Worku",
  ),
  tongue(
    "Agnieszka Anna Barbara Ewa Jakub Jan Kamil Katarzyna Krzysztof Łukasz Magda Marek Michał Paweł Piotr Zofia",
    "Adamczyk Dąbrowski Jankowski Kamiński Kowalczyk Krawczyk Kowalski Lewandowski Mazur Nowak Pawlak Piotrowski Wójcik Woźniak Zając Zieliński",
  ),
  tongue(
    "Alexei Anastasia Boris Dmitri Galina Igor Irina Maxim Natalia Nikolai Olga Pavel Sergei Svetlana Tatiana Viktor",
    "Baranov Egorov Fedorov Frolov Golubev Karpov Kozlov Lebedev Makarov Morozov Orlov Petrov Popov Sokolov Volkov Zaitsev",
  ),
  tongue(
    "Ayşe Burak Can Cem Deniz Elif Emre Fatma Hakan Kemal Mehmet Murat Selin Yasemin Zehra Zeynep",
    "Arslan Aydın Çelik Çetin Demir Doğan Erdoğan Kaplan Kaya Kılıç Korkmaz Öztürk Polat Şahin Yıldız Yılmaz",
  ),
  tongue(
    "André Beatriz Bruno Caio Camila Daniela Felipe Gabriela João Larissa Letícia Marcos Mariana Rafael Renata Thiago",
    "Almeida Alves Barbosa Cardoso Carvalho Costa Dias Ferreira Gomes Lima Oliveira Pereira Ribeiro Rocha Santos Souza",
  ),
  tongue(
    "Antoine Camille Chloé Claire Élodie Émile Hugo Jules Julien Laure Léa Louis Manon Mathilde Noé Théo",
    "Bernard Bonnet Dubois Dupont Faure Fontaine Girard Laurent Lefèvre Lemaire Mercier Moreau Petit Renaud Roux Vidal",
  ),
  tongue(
    "Anders Astrid Björn Elin Erik Freja Gustav Ingrid Johan Karin Lars Linnea Maja Nils Sven Åsa",
    "Andersson Berg Bergström Dahl Ek Eriksson Hansen Holm Johansson Larsen Lindberg Lund Nilsson Nyström Olsen Sjöberg",
  ),
  tongue(
    "Ana Carlo Dalisay Erwin Grace Isagani Jasmine Jun Kristine Liza Manny Nestor Ramon Rosario Teresita Tomas",
    "Aquino Bautista Cruz Dizon Domingo Garcia Lopez Manalo Mendoza Navarro Ocampo Pascual Ramos Reyes Santiago Villanueva",
  ),
];

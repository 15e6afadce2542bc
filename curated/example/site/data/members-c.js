passerelle.put("members-c",{"org-3hksrz7c":[["ini-g644spil","Réseau Tisserand",null,0]],"org-sg6adtlc":[["ini-nscjt2bj","L’Escale Marée Haute","L’Escale Marée Haute",0]]});
